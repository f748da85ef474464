import { z } from 'zod';
import type { CitedText } from '../../shared/index.js';
import type { ReviseRequest, Revision, TextChange } from '../text-generation.port.js';
import { citedTextOf, collapsed, knownIds, missingFrom, sentenceSchema, wordsIn } from './cited-answer.js';
import { dataBlock } from './data-block.js';
import { requestBlock, snippetBlock, systemText, textBlock, tokensForWords } from './house-rules.js';
import { jsonSchemaOf, parseAnswer } from './json-answer.js';
import { invalidOutput } from './output.errors.js';
import type { WritingTask } from './writing-task.js';

const schema = z.strictObject({
  sentences: z.array(sentenceSchema),
  changes: z.array(
    z.strictObject({ original_text: z.string(), revised_text: z.string(), reason: z.string() }),
  ),
});
type Stated = z.output<typeof schema>['changes'];
const jsonSchema = jsonSchemaOf(schema);

const TASK = `Task: apply NOTES to TEXT. You may leave sentences out, put them in another order and join them with connecting words; you may add no claim.
Change nothing that no note speaks of. Notes say what to change and lend no word to the text. Give the whole text, and in "changes" each changed sentence: as it was, as it is now ("" where it was left out), and why. Never leave out everything.`;

/** A text after its notes were applied, with every change named. */
export function revisionTask(request: ReviseRequest): WritingTask<Revision> {
  const { text: before, notes, snippets } = request;
  const known = knownIds(snippets, before);
  return {
    template: 'revision@1',
    system: systemText(request, TASK),
    user: [
      requestBlock(request),
      snippetBlock(snippets),
      textBlock('TEXT', before),
      dataBlock('NOTES', notes),
    ].join('\n\n'),
    schemaName: 'revision',
    schema: jsonSchema,
    maxOutputTokens: tokensForWords(3 * wordsIn(before)),
    withoutCall: before.length === 0 ? { value: { text: [], changes: [] } } : null,
    read(answer) {
      const { sentences, changes } = parseAnswer(schema, answer);
      const text = citedTextOf(sentences, known);
      if (text.length === 0) throw invalidOutput('empty');
      return { text, changes: changesOf(before, text, changes) };
    },
  };
}

/** Stated changes that did happen, and a change for every sentence that went without one. */
function changesOf(before: CitedText, after: CitedText, stated: Stated): readonly TextChange[] {
  const missing = new Map(missingFrom(after, before).map(({ text }) => [collapsed(text), text]));
  const present = new Set(after.map(({ text }) => text));
  const changes: TextChange[] = [];
  for (const { original_text, revised_text, reason } of stated) {
    const original = collapsed(original_text);
    const revised = collapsed(revised_text);
    const originalText = missing.get(original);
    if (originalText === undefined || (revised !== '' && !present.has(revised))) continue;
    missing.delete(original);
    changes.push({ originalText, revisedText: revised, reason });
  }
  for (const originalText of missing.values())
    changes.push({ originalText, revisedText: '', reason: 'Left out or reworded without a stated reason.' });
  return changes;
}
