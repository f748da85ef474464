import { z } from 'zod';
import type { CitedText } from '../../shared/index.js';
import type { SummarizeRequest, Summary } from '../text-generation.port.js';
import {
  citedTextOf,
  collapsed,
  knownIds,
  missingFrom,
  sentenceSchema,
  withinWords,
} from './cited-answer.js';
import { requestBlock, snippetBlock, systemText, textBlock, tokensForWords } from './house-rules.js';
import { jsonSchemaOf, parseAnswer } from './json-answer.js';
import { invalidOutput } from './output.errors.js';
import type { WritingTask } from './writing-task.js';

const MAX_KEYWORDS = 10;

const schema = z.strictObject({ sentences: z.array(sentenceSchema), keywords: z.array(z.string()) });
const jsonSchema = jsonSchemaOf(schema);

const task = (maxWords: number) => `Task: bring TEXT to at most ${maxWords} words.
Keep the statements that answer the request best, whole where you can; drop no negation, number or condition from a sentence that you keep. You may add no claim. A text that fits stays as it is. Name in "keywords" up to ${MAX_KEYWORDS} phrases of two words or more that stand in your text word for word. Never leave out everything.`;

/** A text brought to its length, with its keyphrases. */
export function summaryTask(request: SummarizeRequest): WritingTask<Summary> {
  const { text: before, maxWords, snippets } = request;
  const known = knownIds(snippets, before);
  return {
    template: 'summary@1',
    system: systemText(request, task(maxWords)),
    user: [requestBlock(request), snippetBlock(snippets), textBlock('TEXT', before)].join('\n\n'),
    schemaName: 'summary',
    schema: jsonSchema,
    maxOutputTokens: tokensForWords(maxWords),
    withoutCall: before.length === 0 ? { value: { text: [], trimmed: [], keywords: [] } } : null,
    read(answer) {
      const { sentences, keywords } = parseAnswer(schema, answer);
      const text = withinWords(citedTextOf(sentences, known), maxWords);
      if (text.length === 0) throw invalidOutput('empty');
      const reason = `Left out or shortened to fit ${maxWords} words.`;
      const trimmed = missingFrom(text, before).map((sentence) => ({ text: sentence.text, reason }));
      return { text, trimmed, keywords: standingIn(text, keywords) };
    },
  };
}

/** Phrases of at least two words that occur in one of the sentences, each once. */
function standingIn(text: CitedText, keywords: readonly string[]): readonly string[] {
  const lines = text.map((sentence) => sentence.text.toLowerCase());
  const phrases = new Map(keywords.map((keyword) => [collapsed(keyword).toLowerCase(), collapsed(keyword)]));
  return [...phrases]
    .filter(([lower]) => lower.includes(' ') && lines.some((line) => line.includes(lower)))
    .map(([, phrase]) => phrase)
    .slice(0, MAX_KEYWORDS);
}
