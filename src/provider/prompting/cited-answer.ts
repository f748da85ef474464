import { z } from 'zod';
import type { CitedSentence, CitedText, Snippet } from '../../shared/index.js';
import { countWords } from '../mvlm/extractive/word-count.js';
import { invalidOutput } from './output.errors.js';

/** A sentence on the wire; names as a model reads them in the prompt. */
export const sentenceSchema = z.strictObject({
  text: z.string(),
  snippet_ids: z.array(z.string()),
  paragraph: z.int(),
});
type AnsweredSentence = z.output<typeof sentenceSchema>;

/**
 * The sentences of an answer, each with at least one known snippet, paragraphs numbered from 0. Throws
 * `provider.invalid_output` for a sentence without text or source, or with a source that was not given.
 */
export function citedTextOf(answered: readonly AnsweredSentence[], known: ReadonlySet<string>): CitedText {
  let paragraph = -1;
  let last: number | undefined;
  return answered.map((sentence) => {
    const text = sentence.text.replace(/\s+/gu, ' ').trim();
    const snippetIds = [...new Set(sentence.snippet_ids)];
    if (text === '' || snippetIds.length === 0) throw invalidOutput('schema');
    if (snippetIds.some((id) => !known.has(id))) throw invalidOutput('unknown_snippet');
    if (sentence.paragraph !== last) paragraph++;
    last = sentence.paragraph;
    return { text, snippetIds, paragraph };
  });
}

/** The ids a text may cite: those of the snippets, and those that the text it is made from cites already. */
export function knownIds(snippets: readonly Snippet[], text: CitedText = []): ReadonlySet<string> {
  return new Set([...snippets.map(({ id }) => id), ...text.flatMap(({ snippetIds }) => snippetIds)]);
}

/** As many whole sentences from the start as fit into `maxWords`; the first one always. */
export function withinWords(text: CitedText, maxWords: number): CitedText {
  let words = 0;
  const end = text.findIndex((sentence, at) => {
    words += countWords(sentence.text);
    return at > 0 && words > maxWords;
  });
  return end === -1 ? text : text.slice(0, end);
}

export function wordsIn(text: CitedText): number {
  return text.reduce((sum, sentence) => sum + countWords(sentence.text), 0);
}

/** Sentences of `before` that `after` no longer holds word for word. */
export function missingFrom(after: CitedText, before: CitedText): readonly CitedSentence[] {
  const kept = new Set(after.map(({ text }) => collapsed(text)));
  return before.filter(({ text }) => !kept.has(collapsed(text)));
}

export function collapsed(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
