const XML = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]{2,40})["']/;
const META = /<meta\s[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})/i;
const HEAD_BYTES = 8192;

/** The encoding that an XML declaration or a page's `meta` names, or null. */
export function declaredCharset(bytes: Uint8Array): string | null {
  // Zeros go, so that the declaration of a text in UTF-16 is seen too.
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1').replaceAll('\u0000', '');
  return XML.exec(head.replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? META.exec(head)?.[1] ?? null;
}
