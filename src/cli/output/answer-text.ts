import { type Answer, describeSource, describeStages, marked } from './answer.js';

const EXCERPT_CHARS = 160;

/** An answer for a terminal of `width` columns: text, numbered sources, what each role did, ids. */
export function answerAsText(answer: Answer, width: number): string {
  const { text, sources } = marked(answer, (numbers) => numbers.map((number) => `[${number}]`).join(''));
  const { metadata } = answer;
  const columns = Math.min(Math.max(width, 40), 110);
  const lines = [wrap(text, columns), ''];
  if (sources.length > 0) {
    lines.push('Sources');
    for (const source of sources) {
      lines.push(`  [${source.number}] ${describeSource(source)}`);
      lines.push(wrap(`“${excerpt(source.source_text)}”`, columns, '      '));
    }
    lines.push('');
  }
  lines.push('Roles', ...describeStages(answer).map((line) => `  ${line}`), '');
  const flags = metadata.tone_flags.safety_flags;
  if (flags.length > 0) lines.push(`flags: ${flags.join(', ')}`);
  lines.push(
    `mode: ${metadata.classification.mode} (${metadata.classification.decided_by}) · written by ${metadata.provider.name} ${metadata.provider.model} · policy ${metadata.policy.version}`,
    `request_id: ${answer.request_id} · task_id: ${answer.task_id}`,
  );
  return `${lines.join('\n')}\n`;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT_CHARS ? line : `${line.slice(0, EXCERPT_CHARS).trimEnd()}…`;
}

/** Breaks lines at spaces; paragraphs stay apart. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = indent;
    for (const word of paragraph.split(' ')) {
      if (line.length > indent.length && line.length + 1 + word.length > width) {
        lines.push(line);
        line = indent;
      }
      line += line.length > indent.length ? ` ${word}` : word;
    }
    lines.push(line.trimEnd());
  }
  return lines.join('\n');
}
