import { Parser } from 'htmlparser2';

/** How mail programs mark what is not the writer's. */
const QUOTE_CLASS =
  /(?:^|\s)(?:gmail_quote|gmail_quote_container|gmail_signature|yahoo_quoted|moz-cite-prefix|moz-signature|protonmail_quote|protonmail_signature_block)(?:\s|$)/;
const QUOTE_ID = /^(?:x_)?(?:divRplyFwdMsg|Signature|mail-editor-reference-message-container)$/i;
/** From such an element on, all is the message that was answered. */
const REST_ID = /^(?:x_)?(?:appendonsend|divRplyFwdMsg)$/i;

/** The HTML without what its marks call a quoted message or a signature. Works in one pass; never throws. */
export function withoutQuotedHtml(html: string): string {
  const kept: string[] = [];
  let keptTo = 0;
  let depth = 0;
  let skippedAt: number | null = null;
  let isRest = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      if (skippedAt !== null) return;
      const id = attributes['id'] ?? '';
      const isQuote =
        QUOTE_CLASS.test(attributes['class'] ?? '') ||
        QUOTE_ID.test(id) ||
        REST_ID.test(id) ||
        (name === 'blockquote' && attributes['type'] === 'cite');
      if (!isQuote) return;
      isRest = REST_ID.test(id);
      kept.push(html.slice(keptTo, parser.startIndex));
      skippedAt = depth;
    },
    onclosetag() {
      if (skippedAt === depth && !isRest) {
        skippedAt = null;
        keptTo = parser.endIndex + 1;
      }
      depth--;
    },
  });
  parser.write(html);
  parser.end();
  if (skippedAt === null) kept.push(html.slice(keptTo));
  return kept.join('');
}
