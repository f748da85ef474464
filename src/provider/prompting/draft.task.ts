import { z } from 'zod';
import type { CitedText } from '../../shared/index.js';
import type { DraftRequest } from '../text-generation.port.js';
import { citedTextOf, knownIds, sentenceSchema, withinWords } from './cited-answer.js';
import { dataBlock } from './data-block.js';
import { requestBlock, snippetBlock, systemText, textBlock, tokensForWords } from './house-rules.js';
import { jsonSchemaOf, parseAnswer } from './json-answer.js';
import { invalidOutput } from './output.errors.js';
import type { WritingTask } from './writing-task.js';

const schema = z.strictObject({ sentences: z.array(sentenceSchema) });
const jsonSchema = jsonSchemaOf(schema);

const task = (maxWords: number) => `Task: write the text that the request asks for, along OUTLINE.
At most ${maxWords} words. Number the paragraphs from 0. STYLE holds texts of the person's own: take rhythm and sentence length from them, but no fact, no phrase and no id.`;

/** A first text along an outline. */
export function draftTask(request: DraftRequest): WritingTask<CitedText> {
  const { snippets, outline, maxWords, styleSnippets } = request;
  const known = knownIds(snippets, outline.points);
  return {
    template: 'draft@1',
    system: systemText(request, task(maxWords)),
    user: [
      requestBlock(request),
      snippetBlock(snippets),
      dataBlock('HEADLINE', [{ text: outline.headline }]),
      textBlock('OUTLINE', outline.points),
      dataBlock(
        'STYLE',
        styleSnippets.map(({ text }) => ({ text })),
      ),
    ].join('\n\n'),
    schemaName: 'draft',
    schema: jsonSchema,
    maxOutputTokens: tokensForWords(maxWords),
    withoutCall: snippets.length === 0 || outline.points.length === 0 ? { value: [] } : null,
    read(answer) {
      const text = citedTextOf(parseAnswer(schema, answer).sentences, known);
      if (text.length === 0) throw invalidOutput('empty');
      return withinWords(text, maxWords);
    },
  };
}
