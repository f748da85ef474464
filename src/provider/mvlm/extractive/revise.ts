import type { CitedSentence, CitedText } from '../../../shared/index.js';
import type { CritiqueNote, ReviseRequest, Revision, TextChange } from '../../text-generation.port.js';
import { readCitedText } from './cited-statements.js';
import { conceptShare, conceptsOf } from './concepts.js';
import { inSourceOrder } from './sentence-moves.js';
import { orderSnippets, readStatements, type Statement } from './statement.js';

/**
 * Takes out what the notes drop, every exact repeat, and what pointed back to a sentence that went; puts moved
 * sentences where they were said. A text is never emptied: what speaks most of the prompt stays.
 */
export function revisionOf(request: ReviseRequest): Revision {
  const ordered = orderSnippets(request.snippets);
  const sources = readStatements(ordered);
  const sentences = readCitedText(request.text, ordered);
  const dropped = dropsOf(request.text, request.notes, sentences);
  if (request.text.length > 0 && dropped.size === request.text.length)
    dropped.delete(bestOf(request.prompt, sentences));
  const changes: TextChange[] = [...dropped]
    .sort(([a], [b]) => a - b)
    .map(([at, reason]) => ({ originalText: request.text[at]!.text, revisedText: '', reason }));
  const moves = movesOf(request.notes);
  const kept = request.text.map((sentence, at) => ({ sentence, at })).filter(({ at }) => !dropped.has(at));
  const text: CitedSentence[] = [];
  for (const paragraph of paragraphsIn(kept)) {
    const before = paragraph.map(({ sentence }) => sentence);
    const wanted = paragraph.filter(({ at }) => moves.has(at));
    const after = wanted.length > 0 ? inSourceOrder(before, sources) : before;
    for (const { sentence, at } of wanted)
      if (after.indexOf(sentence) !== before.indexOf(sentence))
        changes.push({ originalText: sentence.text, revisedText: sentence.text, reason: moves.get(at)! });
    text.push(...after);
  }
  return { text: renumbered(text), changes };
}

/** Numbers the paragraphs from 0 without gaps. */
export function renumbered(text: CitedText): CitedText {
  let paragraph = -1;
  let last: number | undefined;
  return text.map((sentence) => {
    if (sentence.paragraph !== last) paragraph++;
    last = sentence.paragraph;
    return { ...sentence, paragraph };
  });
}

function dropsOf(
  text: CitedText,
  notes: readonly CritiqueNote[],
  sentences: readonly Statement[],
): Map<number, string> {
  const dropped = new Map<number, string>();
  for (const note of notes)
    if (note.action === 'drop' && note.sentence !== null && text[note.sentence] !== undefined)
      if (!dropped.has(note.sentence)) dropped.set(note.sentence, `${note.kind}: ${note.message}`);
  const said = new Set<string>();
  text.forEach((sentence, at) => {
    if (dropped.has(at)) return;
    if (said.has(sentence.text)) dropped.set(at, 'repetition: the same sentence stands further up.');
    said.add(sentence.text);
  });
  sentences.forEach((statement, at) => {
    const anchor = sentences[at - 1];
    const lost = dropped.has(at - 1) && text[at - 1]?.paragraph === text[at]?.paragraph;
    if (statement.dangling && lost && !dropped.has(at) && anchor?.snippet.id === statement.snippet.id)
      dropped.set(at, 'order: it points back to a sentence that was taken out.');
  });
  return dropped;
}

function movesOf(notes: readonly CritiqueNote[]): ReadonlyMap<number, string> {
  return new Map(
    notes.flatMap((note) =>
      note.action === 'move' && note.sentence !== null
        ? [[note.sentence, `${note.kind}: ${note.message}`] as const]
        : [],
    ),
  );
}

function bestOf(prompt: string, sentences: readonly Statement[]): number {
  const concepts = conceptsOf(
    prompt,
    sentences.map(({ stems }) => stems),
  );
  let best = 0;
  let bestShare = -1;
  sentences.forEach(({ stems }, at) => {
    const share = conceptShare(stems, concepts);
    if (share > bestShare) {
      best = at;
      bestShare = share;
    }
  });
  return best;
}

function paragraphsIn<T extends { readonly sentence: CitedSentence }>(kept: readonly T[]): readonly T[][] {
  const paragraphs: T[][] = [];
  for (const entry of kept) {
    const last = paragraphs.at(-1);
    if (last !== undefined && last[0]?.sentence.paragraph === entry.sentence.paragraph) last.push(entry);
    else paragraphs.push([entry]);
  }
  return paragraphs;
}
