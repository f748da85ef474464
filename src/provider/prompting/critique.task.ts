import { z } from 'zod';
import type { CritiqueNote, CritiqueRequest } from '../text-generation.port.js';
import { requestBlock, snippetBlock, systemText, textBlock, tokensForWords } from './house-rules.js';
import { jsonSchemaOf, parseAnswer } from './json-answer.js';
import { invalidOutput } from './output.errors.js';
import type { WritingTask } from './writing-task.js';

const schema = z.strictObject({
  notes: z.array(
    z.strictObject({
      sentence: z.int().nullable(),
      kind: z.enum(['off_topic', 'repetition', 'ungrounded', 'too_long', 'order', 'tone']),
      action: z.enum(['drop', 'keep', 'move']),
      message: z.string(),
    }),
  ),
});
const jsonSchema = jsonSchemaOf(schema);

const TASK = `Task: read DRAFT against the sources and say what to change. Write no text of your own.
A note names a "sentence" by its number in DRAFT, or null for the whole text; the kind of fault; what to do: drop the sentence, move it to where its source has it, or keep it and mend its tone; and in "message" why, in one sentence. A sentence that its snippets do not bear out is "ungrounded": drop it. No notes where nothing is wrong.`;

/** Notes on a draft. */
export function critiqueTask(request: CritiqueRequest): WritingTask<readonly CritiqueNote[]> {
  const { draft, snippets } = request;
  return {
    template: 'critique@1',
    system: systemText(request, TASK),
    user: [requestBlock(request), snippetBlock(snippets), textBlock('DRAFT', draft)].join('\n\n'),
    schemaName: 'critique',
    schema: jsonSchema,
    maxOutputTokens: tokensForWords(draft.length * 40),
    withoutCall: draft.length === 0 ? { value: [] } : null,
    read(answer) {
      const { notes } = parseAnswer(schema, answer);
      const isKnown = ({ sentence }: CritiqueNote) => sentence === null || draft[sentence] !== undefined;
      if (!notes.every(isKnown)) throw invalidOutput('schema');
      return notes;
    },
  };
}
