const NO_TEXT =
  /\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?|ico|svg|mp[34]|m4[av]|mov|avi|mkv|webm|wav|ogg|flac|zip|gz|7z|rar|tar|exe|dll|woff2?|ttf|otf|docx?|xlsx?|pptx?|odt|ods|odp|pages|key|numbers|epub|sqlite3?|db|css|js|mjs|ts)$/i;

/** Whether a file's name says that there is no need to look into it for a text. */
export function isNoText(name: string): boolean {
  return NO_TEXT.test(name);
}

/** The beginning of a text file for a look at it: in UTF-16 and UTF-32 too, without a byte order mark and white space. */
export function glanceAt(head: Uint8Array): string {
  return Buffer.from(head)
    .toString('latin1')
    .replaceAll('\u0000', '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart();
}
