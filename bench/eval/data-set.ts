import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Split } from './eval-row.js';

/** A folder of data sets: JSON Lines and tab-separated judgements. */
export class DataFolder {
  constructor(
    private readonly root: string,
    readonly split: Split,
  ) {}

  has(...path: readonly string[]): boolean {
    return existsSync(join(this.root, ...path));
  }

  path(...path: readonly string[]): string {
    return join(this.root, ...path);
  }

  /** Every line of a JSON Lines file. Throws with the file and line where one is not of this shape. */
  read<T extends z.ZodType>(schema: T, ...path: readonly string[]): z.output<T>[] {
    const file = join(this.root, ...path);
    return linesOf(file).map((line, index) => {
      const parsed = schema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
      throw new Error(`${file}:${index + 1}: ${parsed.error.issues[0]?.message}`);
    });
  }

  /** The relevant documents of each query: those judged above 0. */
  judgements(...path: readonly string[]): Map<string, Set<string>> {
    const relevant = new Map<string, Set<string>>();
    for (const line of linesOf(join(this.root, ...path)).slice(1)) {
      const [query, document, judgement] = line.split('\t');
      if (query === undefined || document === undefined || !(Number(judgement) > 0)) continue;
      relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
    }
    return relevant;
  }
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
}
