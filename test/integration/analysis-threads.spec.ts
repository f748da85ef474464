import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { ImportedDocument } from '../../src/corpus/documents/imported-document.js';
import { prepareBatch } from '../../src/corpus/documents/prepared-batch.js';
import { exchange } from '../fixtures/chatgpt-export.fixture.js';
import { AppProcess, endProcesses, runCommand, startServer } from '../support/process.js';
import { builtCommandLine } from '../support/process-build.js';
import { WatchedDatabase } from '../support/process-database.js';

const CONVERSATIONS = 12_000;

/** Prepares and looks through a batch as the built application does, and prints what came of it. */
const SCRIPT = `
  import { createHash } from 'node:crypto';
  import { readFileSync } from 'node:fs';
  const { DocumentAnalysis } = await import(process.argv[1]);
  const documents = JSON.parse(readFileSync(0, 'utf8'));
  const analysis = new DocumentAnalysis();
  const batch = await analysis.prepare({ corpus: 'personal', source: 'notes', documents });
  const tags = await analysis.screen(documents);
  const threads = analysis.threads.threads.length;
  const digest = createHash('sha256').update(Buffer.from(batch.rows)).digest('hex');
  const { stems, externalIds } = batch;
  const numbers = [batch.termNumbers, batch.frequencies, batch.termEnds, batch.rowEnds].map((each) => [...each]);
  await analysis.onApplicationShutdown();
  console.log(JSON.stringify({ digest, stems, externalIds, numbers, tags, threads }));`;

describe('texts analysed in threads', () => {
  it('come out as they do in the thread that asks', async () => {
    const documents = Array.from({ length: 400 }, (_, at): ImportedDocument => {
      const base = {
        threadId: null,
        authorRole: 'other',
        url: null,
        createdAt: null,
        attachments: [],
      } as const;
      const text = `Über frost ${at} and snow. ${at % 50 === 0 ? 'Write to mara@example.org. ' : ''}`.repeat(
        12,
      );
      return { ...base, externalId: `n${at % 390}`, title: 'Winter', text, tags: ['ice'] };
    });
    const built = join(dirname(await builtCommandLine()), 'corpus/analysis/document-analysis.js');
    const args = ['--input-type=module', '-e', SCRIPT, pathToFileURL(built).href];
    const running = promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26, timeout: 60_000 });
    running.child.stdin!.end(JSON.stringify(documents));
    const { threads, tags, ...prepared } = JSON.parse((await running).stdout);
    const here = await prepareBatch({ corpus: 'personal', source: 'notes', documents }, null);
    expect(prepared).toEqual({
      digest: createHash('sha256').update(here.rows).digest('hex'),
      stems: here.stems,
      externalIds: here.externalIds,
      numbers: [here.termNumbers, here.frequencies, here.termEnds, here.rowEnds].map((each) => [...each]),
    });
    expect(tags.flatMap((each: string[], at: number) => (each.includes('pii:email') ? [at] : []))).toEqual(
      Array.from({ length: 8 }, (_, at) => at * 50),
    );
    expect(threads).toBeGreaterThan(0);
  });
});

describe('an import whose process is killed', () => {
  let database: WatchedDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await WatchedDatabase.create();
    folder = await mkdtemp(join(tmpdir(), 'analysis-threads-'));
  });
  afterEach(async () => {
    await endProcesses();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const count = async (sql: string) => (await database.rows<{ count: number }>(sql))[0]!.count;
  const isExact = async () => {
    const [scope] = await database.rows(
      `SELECT document_count, token_count::int, byte_count::int, unscreened_count FROM corpus_scopes`,
    );
    const [counted] = await database.rows(
      `SELECT count(*)::int AS document_count, sum(token_count)::int AS token_count,
         sum(octet_length(text) + coalesce(octet_length(title), 0))::int AS byte_count,
         (count(*) FILTER (WHERE safety_tags IS NULL))::int AS unscreened_count FROM documents`,
    );
    expect(scope).toEqual(counted);
    const terms = 'SELECT id AS term_id, document_count AS count FROM terms WHERE document_count > 0';
    const postings = 'SELECT term_id, count(*)::int AS count FROM postings GROUP BY 1';
    const listed = 'SELECT unnest(term_ids) AS term_id, id AS document_id FROM documents';
    expect(
      await database.rows(`(${terms} EXCEPT ${postings}) UNION ALL (${postings} EXCEPT ${terms})`),
    ).toEqual([]);
    const indexed = 'SELECT term_id, document_id FROM postings';
    expect(
      await database.rows(`(${listed} EXCEPT ${indexed}) UNION ALL (${indexed} EXCEPT ${listed})`),
    ).toEqual([]);
  };

  it('leaves exact statistics, as does the import after it; a server does the analysis that is left', async () => {
    const path = join(folder, 'conversations.json');
    const many = Array.from({ length: CONVERSATIONS }, (_, at) => exchange(`m${at}`));
    await writeFile(path, JSON.stringify(many));
    const environment = {
      DATABASE_URL: database.url,
      MCG_DATA_DIR: folder,
      JWT_SECRET_KEY: 'a secret of this test, long enough to sign with',
    };
    const args = ['import', path, '--owner', 'alice', '--corpus', 'personal'];
    const cut = await AppProcess.start(args, environment);
    while ((await count(`SELECT (to_regclass('documents') IS NOT NULL)::int AS count`)) === 0) await sleep(5);
    while ((await count('SELECT count(*)::int FROM documents')) === 0) await sleep(5);
    cut.signal('SIGKILL');
    await cut.ended;
    const stored = await count('SELECT count(*)::int FROM documents');
    expect([stored > 0, stored < 2 * CONVERSATIONS]).toEqual([true, true]);
    await isExact();
    const again = await runCommand(args, environment);
    expect(again).toMatchObject({ code: 0 });
    expect(await count('SELECT count(*)::int FROM documents')).toBe(2 * CONVERSATIONS);
    await isExact();
    await startServer(environment);
    while ((await count('SELECT unscreened_count AS count FROM corpus_scopes')) > 0) await sleep(50);
    expect(await count('SELECT count(*)::int FROM documents WHERE safety_tags IS NULL')).toBe(0);
    await isExact();
  }, 120_000);
});
