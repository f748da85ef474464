import { labelsOf } from '../text/label-list.js';

/** A note as it reads, without the marks of the program that keeps it. */
export interface NoteText {
  readonly text: string;
  /** What the text is tagged with in its lines: `#garden/pears` without the sign. */
  readonly tags: readonly string[];
  /** What is embedded and no text: `image: pear.jpg`. */
  readonly attachments: readonly string[];
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const LINK = /(!?)\[\[([^[\]\n]{1,500})\]\]/g;
const COMMENT = /%%[\s\S]*?%%/g;
const BLOCK_ID = /[ \t]\^(?=[\w-]*[a-z])[a-z\d-]{3,}$/gim;
const INLINE_FIELD = /[[(]([\p{L}][\p{L}\d _-]{0,40}):: ?([^\])\n]{0,500})[\])]/gu;
const LINE_FIELD = /^(\s*(?:[-*+] )?(?:\*\*)?[\p{L}][\p{L}\d _-]{0,40}(?:\*\*)?)::(?: |$)/gmu;
const TAG = /(?<![\w/&#[(=?.:-])#([\p{L}\d_/-]*[\p{L}_/-][\p{L}\d_/-]*)/gu;
const CALLOUT = /^((?:> ?)+)\[!([\w-]+)[^\]\n]*\][+-]?[ \t]*(.*)$/;
const QUOTE_KINDS = new Set(['quote', 'cite']);
const ATTACHMENT_KINDS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:png|jpe?g|gif|webp|svg|avif|bmp|heic|tiff?)$/i, 'image'],
  [/\.(?:mp3|m4a|wav|ogg|flac|3gp|webm)$/i, 'audio'],
  [/\.(?:mp4|mov|mkv|ogv)$/i, 'video'],
  [/\.(?:pdf|docx?|xlsx?|pptx?|zip|csv|canvas|base|excalidraw(?:\.md)?)$/i, 'file'],
];

/** Reads a note of Obsidian and its like: links as their words, comments and block ids left out, call-outs as text. */
export function readNote(markdown: string): NoteText {
  const attachments = new Set<string>();
  const tags: string[] = [];
  const text = outsideCode(markdown, (prose) => {
    const plain = prose
      .replace(COMMENT, '')
      .replace(LINK, (_all, embed: string, target: string) => linkText(target, embed === '!', attachments))
      .replace(BLOCK_ID, '')
      .replace(INLINE_FIELD, '$1: $2')
      .replace(LINE_FIELD, '$1: ');
    for (const match of plain.matchAll(TAG)) tags.push(match[1]!);
    return plain;
  });
  return { text: withoutCallouts(text), tags: labelsOf(tags), attachments: [...attachments] };
}

/** Applies a change to all but fenced code and code in a line. */
function outsideCode(markdown: string, change: (prose: string) => string): string {
  const parts: string[] = [];
  let prose: string[] = [];
  let fence: string | null = null;
  const endProse = () => {
    if (prose.length > 0) parts.push(outsideCodeSpans(prose.join('\n'), change));
    prose = [];
  };
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark === undefined) {
      prose.push(line);
      continue;
    }
    endProse();
    parts.push(line);
    if (fence === null) fence = mark!;
    else if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
  }
  endProse();
  return parts.join('\n');
}

function outsideCodeSpans(prose: string, change: (prose: string) => string): string {
  // Code is put back after the change: a comment may reach over it.
  const spans: string[] = [];
  const held = prose
    .replaceAll('\u0002', '')
    .replace(/(`{1,2})[^`\n]+\1/g, (span) => `\u0002${spans.push(span) - 1}\u0002`);
  return change(held).replace(/\u0002(\d+)\u0002/g, (_all, at: string) => spans[Number(at)] ?? '');
}

/** `[[folder/Note#Part|words]]` as a reader sees it. */
function linkText(target: string, isEmbed: boolean, attachments: Set<string>): string {
  const [address = '', ...words] = target.replaceAll('\\|', '|').split('|');
  const [path = '', ...parts] = address.split('#');
  const name = path.slice(path.lastIndexOf('/') + 1).trim();
  const kind = ATTACHMENT_KINDS.find(([pattern]) => pattern.test(name))?.[1];
  if (isEmbed && kind !== undefined) {
    attachments.add(`${kind}: ${name.slice(0, 100).toWellFormed()}`);
    return '';
  }
  const shown = words.join('|').trim();
  if (shown !== '' && !isEmbed) return shown;
  const part = parts
    .filter((each) => !each.startsWith('^'))
    .join(' > ')
    .trim();
  return [name, part].filter((each) => each !== '').join(' > ');
}

/** A call-out is the writer's own words in a box, not a quotation, unless it says so. */
function withoutCallouts(text: string): string {
  if (!text.includes('[!')) return text;
  let open: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const callout = CALLOUT.exec(line);
      if (callout !== null && !QUOTE_KINDS.has(callout[2]!.toLowerCase())) {
        open = callout[1]!;
        return callout[3]!;
      }
      if (callout !== null) return `${callout[1]}${callout[3]}`;
      if (open !== null && line.startsWith('>')) return line.replace(/^(?:> ?)/, '');
      open = null;
      return line;
    })
    .join('\n');
}
