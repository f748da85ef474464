/** One variable that stops the start. Holds no value: it may be a secret. */
export interface ConfigProblem {
  readonly name: string;
  readonly problem: string;
  readonly example: string;
}

/** The environment is wrong; its message is a table of what to change. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(`The configuration is not usable:\n\n${table(problems)}\n\nSee .env.example for every variable.`);
  }
}

function table(problems: readonly ConfigProblem[]): string {
  const rows = [{ name: 'variable', problem: 'what is wrong', example: 'a value that works' }, ...problems];
  const width = (key: keyof ConfigProblem) => Math.max(...rows.map((row) => row[key].length));
  return rows
    .map(
      (row) => `  ${row.name.padEnd(width('name'))}  ${row.problem.padEnd(width('problem'))}  ${row.example}`,
    )
    .join('\n');
}
