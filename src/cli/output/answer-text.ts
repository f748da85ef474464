import { paint } from '../terminal/paint.js';
import { wrapped } from '../terminal/text-columns.js';
import { type Answer, describeSource, describeStages, excerptOf, marked } from './answer.js';

const EXCERPT_CHARS = 160;
const MOST_COLUMNS = 110;

/** An answer for a terminal of `width` columns: text, numbered sources, what each role did, ids. */
export function answerAsText(answer: Answer, width: number): string {
  const { text, sources } = marked(answer, (numbers) => numbers.map((number) => `[${number}]`).join(''));
  const { metadata } = answer;
  const columns = Math.min(Math.max(width, 20), MOST_COLUMNS);
  const lines = [wrapped(text, columns), ''];
  if (sources.length > 0) {
    lines.push(paint('heading', 'Sources'));
    for (const source of sources) {
      const mark = `[${source.number}]`;
      const indent = ' '.repeat(mark.length + 3);
      lines.push(`  ${mark} ${wrapped(describeSource(source), columns, indent).trimStart()}`);
      lines.push(paint('quiet', wrapped(`“${excerptOf(source, EXCERPT_CHARS)}”`, columns, indent)));
    }
    lines.push('');
  }
  const stages = describeStages(answer).map((line) => `  ${wrapped(line, columns, '    ').trimStart()}`);
  lines.push(paint('heading', 'Roles'), ...stages, '');
  const flags = metadata.tone_flags.safety_flags;
  if (flags.length > 0) lines.push(paint('warning', `flags: ${flags.join(', ')}`));
  const { classification, provider, policy } = metadata;
  const made = `mode: ${classification.mode} (${classification.decided_by}) · written by ${provider.name} ${provider.model} · policy ${policy.version}`;
  // Ids are copied: they stay in one line where the line is long enough for one of them.
  const ids = [`request_id: ${answer.request_id}`, `task_id: ${answer.task_id}`];
  lines.push(wrapped(made, columns), ids.join(ids.join(' · ').length <= columns ? ' · ' : '\n'));
  return `${lines.join('\n')}\n`;
}
