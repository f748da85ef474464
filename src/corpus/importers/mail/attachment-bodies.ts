const BASE64 = 'base64';
const BOUNDARY = Buffer.from('\n--');
const MAX_PART_HEADER_BYTES = 16 * 1024;
/** Of a body that is left out this much stays, so that the part still counts as an attachment. */
const KEPT_BYTES = 64;
const IS_ENCODED = /^content-transfer-encoding:\s*base64/im;
const IS_FILE = /^content-type:\s*(?!text\/|message\/|multipart\/)[\w.+-]+\//im;
const HEADERS_END = /\r?\n\r?\n/;

/**
 * The message without the encoded bodies of its attachments, which are only named: most bytes of a mailbox are theirs.
 * In base64 no line begins with two hyphens, so the next one that does is a boundary.
 */
export function withoutAttachmentBodies(message: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = message.indexOf(BASE64); at !== -1; at = message.indexOf(BASE64, at)) {
    const body = fileBodyAfter(message, at);
    if (body === null) {
      at += BASE64.length;
      continue;
    }
    kept.push(message.subarray(from, body.start + KEPT_BYTES));
    from = body.end;
    at = body.end;
  }
  if (kept.length === 0) return message;
  kept.push(message.subarray(from));
  return Buffer.concat(kept);
}

/** Where the body of the part stands in whose headers the word was met; null where it is no file's. */
function fileBodyAfter(message: Buffer, at: number): { readonly start: number; readonly end: number } | null {
  const boundary = message.lastIndexOf(BOUNDARY, at);
  if (boundary === -1 || at - boundary > MAX_PART_HEADER_BYTES) return null;
  const head = message.toString('latin1', boundary, boundary + MAX_PART_HEADER_BYTES);
  const headersEnd = HEADERS_END.exec(head);
  if (headersEnd === null || boundary + headersEnd.index < at) return null;
  const headers = head.slice(0, headersEnd.index);
  if (!IS_ENCODED.test(headers) || !IS_FILE.test(headers)) return null;
  const start = boundary + headersEnd.index + headersEnd[0].length;
  const next = message.indexOf(BOUNDARY, start);
  const end = next === -1 ? message.length : next;
  return end - start > KEPT_BYTES ? { start, end } : null;
}
