import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { detectImporters } from '../../../src/corpus/importers/detect-importer.js';
import { ExportFiles } from '../../../src/corpus/importers/files/export-files.js';
import { AppError } from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalDatabase } from '../eval-database.js';
import type { EvalRow } from '../eval-row.js';
import { type ExpectedCounts, type Fact, factsOf, type ReadExport } from './export-facts.js';

const FOLDER = 'exports';

/**
 * Whether importers give what was counted in each export without them, and whether a second import adds nothing.
 * The folder holds the exports and, by their paths, what was counted: `EXPECTED.<split>.json`.
 */
export async function evaluateImports(data: DataFolder, database: EvalDatabase): Promise<EvalRow[]> {
  const list = `EXPECTED.${data.split}.json`;
  if (!data.has(FOLDER, list)) return [];
  const expectations = JSON.parse(readFileSync(data.path(FOLDER, list), 'utf8')) as Record<
    string,
    ExpectedCounts
  >;
  const rows: EvalRow[] = [];
  for (const [name, expected] of Object.entries(expectations)) {
    if (!data.has(FOLDER, name)) continue;
    const path = data.path(FOLDER, name);
    const { facts, isRead } = await readFacts(path, expected);
    if (isRead) facts.push(await repetitionFact(database, name, path));
    rows.push(rowOf(data, name, facts));
  }
  return rows.length === 0 ? [] : [...rows, sumOf(data, rows)];
}

interface ReadFacts {
  readonly facts: Fact[];
  /** Whether there is something to import. */
  readonly isRead: boolean;
}

async function readFacts(path: string, expected: ExpectedCounts): Promise<ReadFacts> {
  const isBroken = 'error' in expected || 'not_well_formed' in expected;
  try {
    const read = await readExport(path);
    const facts = isBroken ? [{ name: 'read without a crash', holds: true }] : factsOf(read, expected);
    return { facts, isRead: true };
  } catch (error) {
    if (!(error instanceof AppError))
      return { facts: [{ name: `crashed: ${String(error)}`, holds: false }], isRead: false };
    return { facts: [{ name: `refused (${error.code})`, holds: isBroken }], isRead: false };
  }
}

async function readExport(path: string): Promise<ReadExport> {
  const files = await ExportFiles.open({ path, uploadedName: null });
  try {
    const { parts } = await detectImporters(files);
    const read = { documents: [], skipped: [] } as {
      documents: ReadExport['documents'][number][];
      skipped: ReadExport['skipped'][number][];
    };
    for (const part of parts) {
      for await (const event of part.importer.read(part.files, { selfNames: [] })) {
        if (event.kind === 'document') read.documents.push(event.document);
        else if (event.kind === 'skipped') read.skipped.push(event);
      }
    }
    const isFile = (await stat(path)).isFile();
    return { ...read, keptMessageIds: isFile ? keptMessageIds(path) : null };
  } finally {
    files.close();
  }
}

interface TreeNode {
  readonly parent?: string | null;
  readonly message?: { readonly id?: string } | null;
}

interface Tree {
  readonly current_node?: unknown;
  readonly mapping?: Readonly<Record<string, TreeNode>>;
}

/** Walks the trees of a ChatGPT export anew, apart from the importer; null for what is none, or names no current node. */
function keptMessageIds(path: string): ReadonlySet<string> | null {
  if (!path.endsWith('.json')) return null;
  const trees = asTrees(readFileSync(path, 'utf8'));
  const kept = new Set<string>();
  for (const { current_node: current, mapping } of trees) {
    if (mapping === undefined || typeof current !== 'string') return null;
    const seen = new Set<string>();
    for (let id: string | null = current; id !== null && !seen.has(id); ) {
      seen.add(id);
      const node: TreeNode | undefined = mapping[id];
      kept.add(node?.message?.id ?? id);
      id = node?.parent ?? null;
    }
  }
  return kept;
}

function asTrees(text: string): readonly Tree[] {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return (Array.isArray(parsed) ? parsed : [parsed]).filter(
      (each) => typeof each === 'object' && each !== null,
    );
  } catch {
    return [];
  }
}

/** Imports twice for an owner of its own; the second time nothing may be new or changed. */
async function repetitionFact(database: EvalDatabase, name: string, path: string): Promise<Fact> {
  try {
    const first = await database.import(`importer of ${name}`, path);
    const { created, changed, unchanged } = await database.import(`importer of ${name}`, path);
    const holds = created + changed === 0 && unchanged === first.created + first.unchanged;
    return { name: `a second import adds nothing (${created} new, ${changed} changed)`, holds };
  } catch (error) {
    return { name: `import failed: ${String(error)}`, holds: false };
  }
}

function rowOf(data: DataFolder, name: string, facts: readonly Fact[]): EvalRow {
  const broken = facts.filter(({ holds }) => !holds).map((each) => each.name);
  const held = facts.length - broken.length;
  return {
    measure: 'imports',
    dataset: name,
    split: data.split,
    metric: broken.length === 0 ? 'facts that hold' : `facts that hold; not: ${broken.join('; ')}`,
    value: facts.length === 0 ? 0 : held / facts.length,
    floor: null,
    reference: 1,
    rows: facts.length,
  };
}

function sumOf(data: DataFolder, rows: readonly EvalRow[]): EvalRow {
  return {
    measure: 'imports',
    dataset: 'all exports',
    split: data.split,
    metric: 'exports of which all facts hold',
    value: rows.filter(({ value }) => value === 1).length / rows.length,
    floor: null,
    reference: 1,
    rows: rows.length,
  };
}
