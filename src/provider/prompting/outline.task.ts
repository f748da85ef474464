import { z } from 'zod';
import type { Outline, OutlineRequest } from '../text-generation.port.js';
import { citedTextOf, collapsed, knownIds } from './cited-answer.js';
import { dataBlock } from './data-block.js';
import { requestBlock, snippetBlock, systemText, tokensForWords } from './house-rules.js';
import { jsonSchemaOf, parseAnswer } from './json-answer.js';
import type { WritingTask } from './writing-task.js';

const MAX_POINTS = 7;
const MAX_HEADLINE_CHARS = 80;

const schema = z.strictObject({
  headline: z.string(),
  points: z.array(z.strictObject({ text: z.string(), snippet_ids: z.array(z.string()) })),
});
const jsonSchema = jsonSchemaOf(schema);

const TASK = `Task: say in which points the sources bear on the request.
Give a headline of at most ${MAX_HEADLINE_CHARS} characters and five to ${MAX_POINTS} points, best first; fewer where the sources hold fewer, none where they hold nothing on the request. A point is one sentence, as close to the words of its source as you can. Give no point that repeats or rewords one in AVOID.`;

/** Five to seven points under a headline. */
export function outlineTask(request: OutlineRequest): WritingTask<Outline> {
  const avoided = (request.avoid ?? []).map((text) => ({ text }));
  const known = knownIds(request.snippets);
  return {
    template: 'outline@1',
    system: systemText(request, TASK),
    user: [requestBlock(request), snippetBlock(request.snippets), dataBlock('AVOID', avoided)].join('\n\n'),
    schemaName: 'outline',
    schema: jsonSchema,
    maxOutputTokens: tokensForWords(400),
    withoutCall: request.snippets.length === 0 ? { value: { headline: '', points: [] } } : null,
    read(answer) {
      const { headline, points } = parseAnswer(schema, answer);
      const numbered = points.map((point, paragraph) => ({ ...point, paragraph }));
      return {
        headline: shortened(collapsed(headline)),
        points: citedTextOf(numbered, known).slice(0, MAX_POINTS),
      };
    },
  };
}

/** At most the allowed length, cut between words where there are any. */
function shortened(headline: string): string {
  if (headline.length <= MAX_HEADLINE_CHARS) return headline;
  const cut = headline.slice(0, MAX_HEADLINE_CHARS + 1);
  const space = cut.lastIndexOf(' ');
  return (space > 0 ? cut.slice(0, space) : [...cut].slice(0, -1).join(''))
    .trim()
    .slice(0, MAX_HEADLINE_CHARS);
}
