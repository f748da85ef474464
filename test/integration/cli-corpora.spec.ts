import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange } from '../fixtures/chatgpt-export.fixture.js';
import {
  AppProcess,
  bearer,
  type Environment,
  endProcesses,
  runCommand,
  startServer,
  type TestServer,
} from '../support/process.js';
import { WatchedDatabase } from '../support/process-database.js';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
/** Conversations of two messages: more than is stored or under way at any time. */
const SEVERAL_BATCHES = 12_000;
let root: string;
let server: TestServer;
let here: Environment;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mcg-cli-corpora-'));
  server = await startServer({ MCG_DATA_DIR: join(root, 'data') });
  const { authorization } = await bearer('alice');
  here = { MCG_API_URL: server.url, MCG_TOKEN: authorization!.slice('Bearer '.length) };
  const texts = join(root, 'texts');
  await mkdir(texts);
  await writeFile(join(texts, 'pears.md'), '# Pears\n\nI prune the pear tree in February.');
  await writeFile(join(texts, 'plums.txt'), 'The plum tree is pruned in summer only. \u001B[2J');
  await writeFile(join(texts, 'photo.jpg'), 'x');
});

afterAll(async () => {
  await endProcesses();
  await rm(root, { recursive: true, force: true });
});

const mcg = (...args: string[]) => runCommand(args, here);
async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await mcg(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

interface Documents {
  readonly documents: readonly { readonly document_id: string; readonly title: string | null }[];
}

describe('an import without a corpus', () => {
  let importId: string;

  it('goes where such things belong, and says what stayed at home and what to do next', async () => {
    const counted = await mcg('import', join(root, 'texts'), '--dry-run');
    expect(counted.stdout).toMatch(/^dry run, nothing stored: succeeded/);
    const { code, stdout, stderr } = await mcg('import', join(root, 'texts'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'left out: files that hold no text: 1 .jpg\n' });
    expect(stdout).toMatch(/succeeded · markdown → personal\n {2}read 2: 2 new/);
    importId = UUID.exec(stdout)![0];
    expect(stdout).toContain(`take it back: mcg-agent imports undo ${importId}`);
  });

  it('is listed, shown, and taken back; what cannot be done is told as a command', async () => {
    expect((await mcg('imports')).stdout).toMatch(
      new RegExp(`^${importId} +\\S+ \\S+ +succeeded +markdown → personal: 2 new`, 'm'),
    );
    expect(await json('imports', 'show', importId)).toMatchObject({ import_id: importId, created: 2 });
    const cancelled = await mcg('imports', 'cancel', importId);
    expect(cancelled.code).toBe(1);
    expect(cancelled.stderr).toContain('what to do: To take back what it stored: mcg-agent imports undo ID');
    const undone = await mcg('import', '--undo', importId);
    expect(undone.code).toBe(0);
    expect(undone.stdout).toMatch(/^undone · [\s\S]*taken back: 2 deleted/);
    expect((await json<Documents>('documents', 'list')).documents).toEqual([]);
    expect((await mcg('import', join(root, 'texts'))).code).toBe(0);
  });
});

describe('documents', () => {
  it('are listed, shown in whichever corpus they are, tagged and found by tag', async () => {
    const { documents } = await json<Documents>('documents', 'list');
    expect(documents).toHaveLength(2);
    const id = documents.find(({ title }) => title === 'Pears')!.document_id;
    const shown = await mcg('documents', 'show', id);
    expect(shown.stdout).toMatch(/^title +Pears$/m);
    expect(shown.stdout).toContain('I prune the pear tree in February.');
    expect((await mcg('documents', 'tag', id, '--add', 'fruit')).stdout).toBe(`${id}: fruit\n`);
    const tagged = await mcg('documents', 'list', '--tag', 'fruit', '--corpus', 'personal');
    expect(tagged.stdout.trim().split('\n')).toHaveLength(2);
    expect((await mcg('documents', 'tag', id, '--remove', 'fruit')).stdout).toContain('no tags');
    const none = await mcg('documents', 'show', '999999');
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 1, stdout: '' });
    expect(none.stderr).toContain('mcg-agent documents list');
  });

  it('show nothing that steers a terminal', async () => {
    const { stdout } = await mcg('documents', 'list');
    expect(stdout).toContain('\\u{1b}[2J');
    expect(stdout).not.toContain('\u001B');
  });

  it('are deleted one by one, all or none, or by a number that is confirmed', async () => {
    const { documents } = await json<Documents>('documents', 'list');
    const [first, second] = documents.map(({ document_id: id }) => id);
    expect((await mcg('documents', 'delete', first!, '999999')).code).toBe(1);
    expect((await json<Documents>('documents', 'list')).documents).toHaveLength(2);
    expect((await mcg('documents', 'delete', first!)).stdout).toBe('1 document deleted\n');
    const asked = await mcg('documents', 'delete', '--corpus', 'personal', '--source', 'markdown');
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('repeat it with --confirm 1. Nothing was deleted.');
    expect(
      await json('documents', 'delete', '--corpus', 'personal', '--source', 'markdown', '--confirm', '1'),
    ).toEqual({
      deleted: 1,
    });
    expect((await mcg('documents', 'show', second!)).code).toBe(1);
  });
});

describe('corpora', () => {
  it('are kept for so long, and deleted whole', async () => {
    await mcg('import', join(root, 'texts'), '--corpus', 'social');
    expect((await mcg('corpora', 'retention', 'social', '36500')).stdout).toMatch(
      /^social: kept for 36500 days/,
    );
    expect((await mcg('corpora')).stdout).toMatch(/^social +2 .*36500 days/m);
    expect((await mcg('corpora', 'retention', 'social', 'default')).stdout).toBe('social: kept for ever\n');
    const asked = await mcg('corpora', 'delete', 'social', '--json');
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.stderr)).toMatchObject({
      code: 'corpus.confirmation_needed',
      count: 2,
      exit_code: 1,
    });
    expect((await mcg('corpora', 'delete', 'social', '--confirm', '2')).stdout).toBe(
      'social: 2 documents deleted\n',
    );
  });
});

describe('search and query', () => {
  beforeAll(async () => {
    await mcg('import', join(root, 'texts'));
  });

  it('say where each hit comes from, and why it is there', async () => {
    const { stdout } = await mcg('search', 'pear', 'tree', '--explain');
    expect(stdout).toMatch(/^1\. personal · you · .* · markdown · Pears · document \d+\n {3}.*pear tree/m);
    expect(stdout).toMatch(/^hit +score +words +related +thread +factors +matched$/m);
    const found = await json<{ hits: { reasons: object }[] }>(
      'search',
      'pear',
      '--corpus',
      'personal',
      '--explain',
    );
    expect(found.hits[0]!.reasons).toMatchObject({ matched_terms: ['pear'], factors: expect.any(Array) });
    expect((await mcg('search', 'zebra')).stdout).toBe('Nothing found.\n');
  });

  it('use nothing older than they are told', async () => {
    const question = ['query', 'When do I prune the pear tree?', '--json'];
    expect((await mcg(...question)).code).toBe(0);
    expect((await mcg(...question, '--since', '2999-01-01')).code).toBe(3);
  });

  it('tell each request as curl on standard error, and never the token', async () => {
    const { stdout, stderr } = await mcg('search', 'pear', '--corpus', 'personal', '--verbose');
    expect(stdout).toMatch(/^1\. personal/);
    expect(stderr).toMatch(/^GET http:\S+\n200 in \d+ ms, request_id: \S+\ncurl -sS /);
    expect(stderr).toContain('-H "Authorization: Bearer $MCG_TOKEN"');
    expect(stderr).not.toContain(here['MCG_TOKEN']);
    const traced = await mcg('corpora', '--json', '--verbose');
    expect(JSON.parse(traced.stderr)).toMatchObject({
      trace: { status: 200, request_id: expect.any(String) },
    });
  });
});

describe('a profile', () => {
  it('says where, as whom and how; the environment goes before it, a flag before both', async () => {
    const folder = join(root, 'config', 'mcg-agent');
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'config.yaml');
    const profiles = {
      home: { api_url: server.url, token: here['MCG_TOKEN'], format: 'json' },
      away: { api_url: 'http://127.0.0.1:1', token: 'x' },
    };
    await writeFile(path, JSON.stringify({ default: 'home', profiles }), { mode: 0o644 });
    const own = { XDG_CONFIG_HOME: join(root, 'config') };
    const listed = await runCommand(['corpora'], own);
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toHaveProperty('corpora');
    expect(listed.stderr).toContain(`chmod 600 ${path}`);
    expect((await runCommand(['corpora', '--format', 'text'], own)).stdout).toMatch(/^corpus +documents/);
    expect((await runCommand(['corpora', '--profile', 'away'], own)).code).toBe(69);
    expect((await runCommand(['corpora', '--profile', 'none'], own)).code).toBe(78);
    const shown = await runCommand(['config', 'show', '--json'], own);
    expect(JSON.parse(shown.stdout)).toMatchObject({ profile: 'home', api_url: server.url, token_set: true });
    expect(shown.stdout).not.toContain(here['MCG_TOKEN']);
    expect((await runCommand(['config', 'path'], own)).stdout).toBe(`${path}\n`);
    // A token goes to no other place than its own.
    const elsewhere = await runCommand(['corpora'], { ...own, MCG_API_URL: 'http://127.0.0.1:1' });
    expect(elsewhere.stderr).toContain('[cli.no_token]');
  });
});

describe('doctor', () => {
  interface Report {
    readonly ok: boolean;
    readonly checks: readonly {
      readonly name: string;
      readonly state: string;
      readonly says: string;
      readonly next: string | null;
    }[];
  }
  const examine = async (environment: Environment) => {
    const { code, stdout, stderr } = await runCommand(['doctor', '--json'], environment);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as Report;
    return { code, report, of: (name: string) => report.checks.find((check) => check.name === name)! };
  };

  it('finds all well, the server and its token too', async () => {
    const { code, report, of } = await examine({ ...here, MCG_DATA_DIR: join(root, 'none') });
    expect(report.checks.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(code).toBe(0);
    expect(of('server').says).toContain('ready, version');
    expect(of('token').says).toMatch(/^for alice, may query, /);
  });

  it('looks at PostgreSQL, its version and its migrations', async () => {
    const database = await WatchedDatabase.create();
    const { of } = await examine({ MCG_DATA_DIR: join(root, 'none'), DATABASE_URL: database.url });
    expect(of('database')).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/^PostgreSQL \d+\S*.* migrations are run/),
    });
    await database.close();
  });

  it('tells everything that is broken, each with what to do, and throws nothing', async () => {
    await mkdir(join(root, 'bad', 'mcg-agent'), { recursive: true });
    await writeFile(join(root, 'bad', 'mcg-agent', 'config.yaml'), 'profiles: [');
    await writeFile(join(root, 'file'), '');
    const { code, report, of } = await examine({
      PORT: 'many',
      XDG_CONFIG_HOME: join(root, 'bad'),
      MCG_DATA_DIR: join(root, 'file'),
      DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none',
      GOVERNANCE_POLICY_DIR: join(root, 'texts'),
      MVLM_BACKEND: 'http',
      MVLM_BASE_URL: 'http://127.0.0.1:1/v1',
      MVLM_MODEL: 'm',
      MCG_CACHE_BACKEND: 'redis',
      REDIS_URL: 'redis://127.0.0.1:1',
      MCG_API_URL: 'http://127.0.0.1:1',
      MCG_TOKEN: 'nonsense',
    });
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    const failing = report.checks.filter(({ state }) => state === 'fail').map(({ name }) => name);
    expect(failing).toEqual([
      'profile',
      'settings',
      'data folder',
      'database',
      'policy',
      'provider',
      'redis',
      'server',
      'token',
    ]);
    for (const check of report.checks) if (check.state !== 'ok') expect(check.next).toMatch(/\w{3}/);
    expect(of('settings').says).toContain('PORT must be');
    expect(JSON.stringify(report)).not.toContain('secret');
    const shown = await runCommand(['doctor'], { PORT: 'many', MCG_DATA_DIR: join(root, 'none') });
    expect(shown.stdout).toMatch(/^fail {2}settings +PORT must be .*\n +→ Change/m);
  });
});

describe('completion', () => {
  it('prints a script for each shell, and completes commands, options and their values', async () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      expect((await mcg('completion', shell)).stdout).toContain('mcg-agent');
    const complete = async (...words: string[]) => (await mcg('complete', '--', ...words)).stdout;
    expect(await complete('qu')).toMatch(/^query\t/m);
    expect(await complete('documents', '')).toMatch(/^list\t/m);
    expect(await complete('query', '--mo')).toMatch(/^--mode\t/m);
    expect(await complete('query', '--mode', '')).toMatch(/^writing\b/m);
  });
});

describe('Ctrl-C', () => {
  it('has the server stop, says what was stored and how to go on, and ends with 130', async () => {
    const database = await WatchedDatabase.create();
    const held = await startServer({ MCG_DATA_DIR: join(root, 'held'), DATABASE_URL: database.url });
    const path = join(root, 'conversations.json');
    await writeFile(
      path,
      JSON.stringify(Array.from({ length: SEVERAL_BATCHES }, (_, at) => exchange(`c${at}`))),
    );
    await database.lockDocuments();
    const stopped = await AppProcess.start(['import', path], { ...here, MCG_API_URL: held.url });
    await database.waitsFor(stopped.ended);
    stopped.signal('SIGINT');
    await stopped.says(/stopping after what is being stored/);
    await database.waitUntil(`SELECT 1 FROM imports WHERE cancel_requested`);
    await database.unlock();
    const { code, stdout } = await stopped.ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^cancelled · chatgpt[\s\S]*import_id: [\s\S]*go on: the same import again/);
    held.process.signal('SIGTERM');
    await held.process.ended;
    await database.close();
  });
});
