import { isoTimeOf } from '../import-time.js';
import type { PdfLine } from './pdf.protocol.js';

/** A gap of more than so many heights between two lines parts paragraphs. */
const PARAGRAPH_GAP = 1.8;
const MAX_EDGE_LINES = 2;
const PAGE_NUMBER = /^\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—]?\s*$/i;
const BULLET = /^(?:[•◦▪‣∙·●○■–]|\d{1,2}[.)]|\(?[a-z]\))\s/u;
/** Fewer pages show no pattern of what repeats. */
const MIN_PAGES_FOR_EDGES = 4;

/**
 * The running text of a PDF: lines joined to paragraphs, words that were parted at line ends whole again, running heads
 * and page numbers left out.
 */
export function textOfPages(pages: readonly (readonly PdfLine[])[]): string {
  const repeated = repeatedEdges(pages);
  const paragraphs: string[] = [];
  for (const page of pages) {
    let previous: PdfLine | null = null;
    page.forEach((line, at) => {
      const isEdge = at < MAX_EDGE_LINES || at >= page.length - MAX_EDGE_LINES;
      if (isEdge && (PAGE_NUMBER.test(line.text) || repeated.has(edgeKey(line.text)))) return;
      const isNew: boolean =
        previous === null ? !continues(paragraphs.at(-1), line.text) : startsParagraph(previous, line);
      if (isNew || paragraphs.length === 0) paragraphs.push(clean(line.text));
      else paragraphs.push(joined(paragraphs.pop()!, clean(line.text)));
      previous = line;
    });
  }
  return paragraphs.filter((each) => each !== '').join('\n\n');
}

/** ISO 8601 in UTC of a date as PDF writes it, or null. A time without a zone counts as UTC. */
export function pdfTime(written: string | null): string | null {
  const match =
    /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-]\d{2})'?(\d{2})?'?)?/.exec(
      written ?? '',
    );
  if (match === null) return null;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    ,
    hours,
    minutes = '00',
  ] = match;
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  return isoTimeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
}

function startsParagraph(previous: PdfLine, line: PdfLine): boolean {
  const gap = previous.bottom - line.bottom;
  const height = Math.max(previous.height, line.height, 1);
  // Upwards is the next column.
  if (gap < 0) return !continues(previous.text, line.text);
  const isOtherSize = Math.abs(previous.height - line.height) > 0.2 * height;
  return gap > PARAGRAPH_GAP * height || (isOtherSize && previous.height > 0 && line.height > 0);
}

/** Whether a sentence goes on over the end of a page or column. */
function continues(before: string | undefined, line: string): boolean {
  return before !== undefined && !/[.!?:…”"')\]]\s*$/u.test(before) && /^\s*[\p{Ll}\d(“"]/u.test(line);
}

function joined(before: string, line: string): string {
  if (BULLET.test(line)) return `${before}\n${line}`;
  const parted = /\p{L}[-\u00ad\u2010]$/u.test(before) && /^\p{Ll}/u.test(line);
  return parted ? before.slice(0, -1) + line : `${before} ${line}`;
}

function clean(line: string): string {
  return line.replaceAll(/[ \t\u00a0]+/g, ' ').trim();
}

/** The first and last lines that stand on at least half of the pages, whatever their numbers. */
function repeatedEdges(pages: readonly (readonly PdfLine[])[]): ReadonlySet<string> {
  if (pages.length < MIN_PAGES_FOR_EDGES) return new Set();
  const counts = new Map<string, number>();
  for (const page of pages) {
    const edges = [...page.slice(0, MAX_EDGE_LINES), ...page.slice(-MAX_EDGE_LINES)];
    for (const key of new Set(edges.map((line) => edgeKey(line.text))))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // Heads differ between left and right pages.
  return new Set(
    [...counts].filter(([, count]) => count >= Math.max(3, pages.length * 0.4)).map(([key]) => key),
  );
}

function edgeKey(text: string): string {
  return text.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
