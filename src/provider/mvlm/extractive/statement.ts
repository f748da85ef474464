import { contentTermsOf, type Snippet, splitSentences } from '../../../shared/index.js';
import { formOf, type SentenceForm } from './sentence-form.js';
import { countWords } from './word-count.js';

/** One sentence of a snippet, verbatim but for its white space and the list or heading mark before it. */
export interface Statement extends SentenceForm {
  readonly text: string;
  /** The snippet it was read from. */
  readonly snippet: Snippet;
  /** Every given snippet that holds it, its own first. */
  readonly snippetIds: readonly string[];
  /** Zero-based place of its snippet, best first. */
  readonly snippetRank: number;
  /** Zero-based place among the sentences of its snippet. */
  readonly position: number;
  /** Offset in its document, in UTF-16 code units. */
  readonly start: number;
  /** Stems of its content words. */
  readonly stems: ReadonlySet<string>;
  readonly words: number;
}

const MARKS = /^(?:(?:[-*+•–]|\d{1,3}[.)]|#{1,6}|>|\[[ xX]\])\s+)+/u;
const HEADING = /^\s*(?:>\s*)?#{1,6}\s/u;
const FENCE = /```|~~~/gu;
const HEADING_QUALITY = 0.02;

/** Snippets in an order of their own, so that no result depends on the order they were given in. */
export function orderSnippets(snippets: readonly Snippet[]): readonly Snippet[] {
  const byId = new Map<string, Snippet>();
  for (const snippet of snippets) if (!byId.has(snippet.id)) byId.set(snippet.id, snippet);
  return [...byId.values()].sort((a, b) => b.score - a.score || compareText(a.id, b.id));
}

/** All sentences of the snippets in order; one that occurs in several snippets is read once and cites them all. */
export function readStatements(ordered: readonly Snippet[]): readonly Statement[] {
  const holders = new Map<string, string[]>();
  const all = ordered.flatMap((snippet, rank) => statementsOf(snippet, rank));
  for (const statement of all) {
    const ids = holders.get(statement.text) ?? [];
    if (!ids.includes(statement.snippet.id)) ids.push(statement.snippet.id);
    holders.set(statement.text, ids);
  }
  const seen = new Set<string>();
  return all.flatMap((statement) => {
    if (seen.has(statement.text)) return [];
    seen.add(statement.text);
    return [{ ...statement, snippetIds: holders.get(statement.text) ?? statement.snippetIds }];
  });
}

/** Orders by UTF-16 code units: the same on any machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function collapseSpace(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function statementsOf(snippet: Snippet, snippetRank: number): Statement[] {
  const spans = splitSentences(snippet.text);
  const fences = fencedSpans(snippet.text);
  const startCut = snippet.attribution.span.start > 0;
  return spans.flatMap((span, position) => {
    const raw = snippet.text.slice(span.start, span.end);
    const text = collapseSpace(raw).replace(MARKS, '');
    if (!/[\p{L}\p{N}]/u.test(text)) return [];
    const edge = { start: startCut && position === 0, end: position === spans.length - 1 };
    const form = formOf(text, { authorRole: snippet.attribution.authorRole, edge });
    const fenced = fences.some((fence) => span.start < fence.end && span.end > fence.start);
    return [
      {
        text,
        snippet,
        snippetIds: [snippet.id],
        snippetRank,
        position,
        start: snippet.attribution.span.start + span.start,
        stems: new Set(contentTermsOf(text).map((term) => term.stem)),
        words: countWords(text),
        dangling: form.dangling,
        leading: form.leading,
        quality: fenced ? 0 : HEADING.test(raw) ? Math.min(HEADING_QUALITY, form.quality) : form.quality,
      },
    ];
  });
}

/** Fenced code; a fence that is never closed runs to the end. */
function fencedSpans(text: string): readonly { start: number; end: number }[] {
  const marks = [...text.matchAll(FENCE)].map((match) => match.index);
  const spans: { start: number; end: number }[] = [];
  for (let i = 0; i < marks.length; i += 2)
    spans.push({ start: marks[i]!, end: marks[i + 1] ?? text.length });
  return spans;
}
