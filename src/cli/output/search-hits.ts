import { termsOf } from '../../shared/index.js';
import { paint } from '../terminal/paint.js';
import { oneLine, printable, wrapped } from '../terminal/text-columns.js';
import { writerOf } from './document.js';
import { printTable, say, terminalColumns } from './print.js';

/** A hit as the API gives it. */
export interface ShownHit {
  readonly snippet_id: string;
  readonly text: string;
  readonly score: number;
  readonly attribution: {
    readonly document_id: string;
    readonly corpus: string;
    readonly source: string;
    readonly author_role: string;
    readonly author_name: string | null;
    readonly language: string | null;
    readonly title: string | null;
    readonly url: string | null;
    readonly timestamp: string | null;
  };
  readonly flags: readonly string[];
  readonly reasons: {
    readonly matched_terms: readonly string[];
    readonly bm25?: number;
    readonly related_words?: number;
    readonly thread?: number;
    readonly factors?: readonly { readonly name: string; readonly value: number }[];
  };
}

/** Hits for people: text with its matched words marked on a terminal, and where it comes from. */
export function printHits(hits: readonly ShownHit[], forms: ReadonlyMap<string, readonly string[]>): void {
  const columns = terminalColumns();
  for (const [at, hit] of hits.entries()) {
    const place = `${at + 1}. ${placeOf(hit)}`;
    say(paint('quiet', columns === null ? place : wrapped(place, columns)));
    const text = printable(marked(hit.text.replace(/\s+/g, ' ').trim(), hit, forms));
    say(painted(columns === null ? `   ${text}` : wrapped(text, columns, '   ')));
    if (at < hits.length - 1) say('');
  }
}

function placeOf({ attribution, flags }: ShownHit): string {
  const { corpus, title, url, timestamp, document_id: id, source } = attribution;
  const facts = [corpus, writerOf(attribution), timestamp?.slice(0, 10) ?? 'no date', source, title, url];
  return oneLine([...facts, `document ${id}`, ...flags].filter(Boolean).join(' · '));
}

/** Signs of the private use area: they take one column each, and become a style once lines are made. */
const BEGIN = '\uE000';
const END = '\uE001';

/** Sets marks around the words that the search matched. */
function marked(
  text: string,
  { reasons, attribution }: ShownHit,
  forms: ReadonlyMap<string, readonly string[]>,
): string {
  const bare = text.replaceAll(/[\uE000\uE001]/g, '');
  const stems = new Set(reasons.matched_terms.flatMap((stem) => [stem, ...(forms.get(stem) ?? [])]));
  let result = '';
  let from = 0;
  for (const { stem, start, end } of termsOf(bare, attribution.language)) {
    if (!stems.has(stem) || start < from) continue;
    result += `${bare.slice(from, start)}${BEGIN}${bare.slice(start, end)}${END}`;
    from = end;
  }
  return result + bare.slice(from);
}

function painted(lines: string): string {
  return lines
    .replace(/\uE000([^\uE000\uE001\n]*)\uE001/g, (_, word: string) => paint('match', word))
    .replaceAll(/[\uE000\uE001]/g, '');
}

/** What each score is made of: the parts that add up, the factors they are multiplied by, and the result. */
export function printReasons(hits: readonly ShownHit[]): void {
  say(`\n${paint('heading', 'Why')}: score = (words + related + thread) × factors`);
  printTable(
    ['hit', 'score', 'words', 'related', 'thread', 'factors', 'matched'],
    hits.map(({ score, reasons }, at) => [
      String(at + 1),
      figure(score),
      figure(reasons.bm25),
      figure(reasons.related_words),
      figure(reasons.thread),
      factorsOf(reasons),
      reasons.matched_terms.join(' '),
    ]),
  );
}

function factorsOf({ factors = [] }: ShownHit['reasons']): string {
  return factors.map(({ name, value }) => `${name.replaceAll('_', ' ')} ${figure(value)}`).join(', ');
}

function figure(value = 0): string {
  return value.toFixed(3);
}
