import { type Answer, describeSource, describeStages, excerptOf, marked } from './answer.js';

const EXCERPT_CHARS = 400;

/** An answer as Markdown: sources are footnotes, the record a list. */
export function answerAsMarkdown(answer: Answer): string {
  const { text, sources } = marked(answer, (numbers) => numbers.map((number) => `[^${number}]`).join(''));
  const footnotes = sources.map(
    (source) => `[^${source.number}]: ${describeSource(source)}: “${excerptOf(source, EXCERPT_CHARS)}”`,
  );
  const record = [
    ...describeStages(answer).map((line) => `- ${line.replace(/ {2,}/g, ' ')}`),
    `- request_id: \`${answer.request_id}\` task_id: \`${answer.task_id}\``,
  ];
  return `${[text, ...(footnotes.length > 0 ? [footnotes.join('\n')] : []), record.join('\n')].join('\n\n')}\n`;
}
