/** Parts in which nothing is changed: what they show is meant as it stands. */
const LITERAL = /(<(pre|code|script|style|textarea)\b[\s\S]*?<\/\2\s*>)/gi;
const BLOCK_COMMENT = /<!--\s*\/?wp:/;
/** Short codes that wrap what a reader sees; of `embed` the address is that. */
const ESCAPED_SHORTCODE = /\[(\[[a-z][\w-]*[^\]]*\])\]/gi;
const SHORTCODE = /\[\/?([a-z][\w-]{1,40})((?:\s+|=)[^\]\n]{0,2000})?\s*\/?\]/gi;
const BARE_SHORTCODES = new Set(
  'caption wp_caption gallery embed audio video playlist contact-form contact-field more raw nextpage'.split(
    ' ',
  ),
);
const MARK = '\u0001';

/**
 * The content of a post as WordPress would show it: short codes gone, and the line breaks of texts that were written
 * before there were blocks set as paragraphs.
 */
export function shownMarkup(content: string): string {
  const isClassic = !BLOCK_COMMENT.test(content);
  const hasParagraphs = /<p[\s>]/i.test(content);
  return content
    .split(LITERAL)
    .map((part, at) => {
      // `split` gives text, the literal part and the name of its tag in turn.
      if (at % 3 === 1) return part;
      if (at % 3 === 2) return '';
      const text = withoutShortcodes(part);
      return isClassic ? withParagraphs(text, hasParagraphs) : text;
    })
    .join('');
}

function withoutShortcodes(text: string): string {
  if (!text.includes('[')) return text;
  const pairs = new Set(
    [...text.matchAll(/\[\/([a-z][\w-]{1,40})\]/gi)].map((match) => match[1]!.toLowerCase()),
  );
  return text
    .replace(ESCAPED_SHORTCODE, (_all, inner: string) => MARK + inner.slice(1))
    .replace(SHORTCODE, (whole, name: string, rest: string | undefined) => {
      const isKnown = BARE_SHORTCODES.has(name.toLowerCase()) || pairs.has(name.toLowerCase());
      return isKnown || /=\s*["'\w&“”]/.test(rest ?? '') ? ' ' : whole;
    })
    .replaceAll(MARK, '[');
}

/** Single line breaks count where no tags make paragraphs; elsewhere they are those of the source. */
function withParagraphs(text: string, hasParagraphs: boolean): string {
  const paragraphs = text.replaceAll('\r', '').replace(/\n[ \t]*\n\s*/g, '\n<p>\n');
  return hasParagraphs ? paragraphs : paragraphs.replace(/([^>\s])[ \t]*\n(?=[^\s<])/g, '$1<br>');
}
