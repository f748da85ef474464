import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exchange } from '../fixtures/chatgpt-export.fixture.js';
import { type Environment, endProcesses, runCommand, startServer } from '../support/process.js';

const SAMPLE = resolve('examples/personal/conversations.json');
const QUESTION = 'What did I decide about heating the greenhouse?';
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+\n$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const COMMANDS = [
  'serve',
  'import',
  'imports',
  'export',
  'corpora',
  'documents',
  'search',
  'query',
  'qa',
  'runs',
  'replay',
  'mint-token',
  'status',
  'providers',
  'usage',
  'voice',
  'config',
  'doctor',
  'completion',
  'demo',
];
let root: string;
let here: Environment;
let texts: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mcg-cli-'));
  here = { MCG_DATA_DIR: join(root, 'data') };
  texts = await folderOfTexts();
});

afterAll(async () => {
  await endProcesses();
  await rm(root, { recursive: true, force: true });
});

const inData = (name: string): Environment => ({ MCG_DATA_DIR: join(root, name) });

async function folderOfTexts(): Promise<string> {
  const folder = join(root, 'texts');
  await mkdir(join(folder, 'sub'), { recursive: true });
  await mkdir(join(folder, '.hidden'), { recursive: true });
  await writeFile(join(folder, 'pears.md'), '# Pears\n\nI prune the pear tree in February.');
  await writeFile(join(folder, 'sub', 'plums.txt'), 'The plum tree is pruned in summer only.');
  await writeFile(join(folder, '.hidden', 'private.md'), 'Not for anyone.');
  return folder;
}

describe('--help', () => {
  it.each(COMMANDS)('of %s shows its use, with an example', async (command) => {
    const { code, stdout, stderr } = await runCommand([command, '--help'], here);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: mcg-agent ${command}`);
    expect(stdout).toMatch(/Examples?:\n {2}.*mcg-agent /);
  });

  it('lists every command and every exit code', async () => {
    const { code, stdout } = await runCommand(['--help'], here);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    for (const exit of [0, 1, 2, 3, 4, 5, 6, 7, 69, 70, 77, 78, 130])
      expect(stdout).toMatch(new RegExp(`(?:^| ) *${exit}  \\w`, 'm'));
  });
});

describe('from an empty folder to an answer, without a server', () => {
  it('answers honestly before anything is imported: exit code 3', async () => {
    const { code, stdout, stderr } = await runCommand(['query', QUESTION], here);
    expect(code).toBe(3);
    expect(stdout).toContain('I found nothing in your');
    expect(stdout).toMatch(UUID);
    expect(stderr).toBe(
      'Your corpora are empty: there is nothing to answer from.\nwhat to do: mcg-agent import PATH\n',
    );
  });

  it('imports a file, and the same again without a change', async () => {
    const first = await runCommand(['import', SAMPLE, '--corpus', 'personal', '--json'], here);
    expect(first.code).toBe(0);
    const { created } = JSON.parse(first.stdout) as { created: number };
    expect(created).toBeGreaterThan(100);
    const second = await runCommand(['import', SAMPLE, '--corpus', 'personal'], here);
    expect(second.stdout).toContain(`0 new, 0 changed, ${created} unchanged`);
    expect(second.stdout).toMatch(/import_id: /);
  });

  it('prints the answer as text, with numbered sources, what each role did, and the ids', async () => {
    const { code, stdout, stderr } = await runCommand(['query', ...QUESTION.split(' ')], here);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\[1\][\s\S]*Sources\n {2}\[1\] personal · /);
    for (const role of ['ideator', 'drafter', 'critic', 'revisor', 'summarizer'])
      expect(stdout).toMatch(new RegExp(`${role} .*external calls: 0`));
    expect(stdout).toMatch(/request_id: \S+ · task_id: \S+/);
  });

  it('prints it as JSON: the answer of POST /query with its request_id', async () => {
    for (const form of [['--json'], ['--format', 'json']]) {
      const { code, stdout } = await runCommand(['query', QUESTION, ...form], here);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        task_id: expect.stringMatching(UUID),
        request_id: expect.stringMatching(UUID),
        agent_role: 'summarizer',
        metadata: { outcome: 'answered', classification: { mode: 'chat' } },
      });
    }
  });

  it('prints it as Markdown, from a prompt on standard input', async () => {
    const { code, stdout } = await runCommand(['query', '--format', 'markdown'], here, `${QUESTION}\n`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[\^?1\]/);
    expect(stdout).toMatch(/request_id/);
    const dash = await runCommand(['query', '-', '--max-words', '20', '--json'], here, QUESTION);
    const { content } = JSON.parse(dash.stdout) as { content: string };
    expect(content.split(/\s+/).length).toBeLessThanOrEqual(20);
  });

  it('shows what is there: corpora, runs, one run, its replay, status', async () => {
    const corpora = await runCommand(['corpora'], here);
    expect(corpora.stdout).toMatch(/^personal +\d+ /m);
    const runs = await runCommand(['runs', '--json', '--limit', '1'], here);
    const [{ task_id: taskId }] = JSON.parse(runs.stdout).runs as [{ task_id: string }];
    const one = await runCommand(['runs', taskId], here);
    expect(JSON.parse(one.stdout)).toMatchObject({ task_id: taskId, state: 'succeeded', prompt: QUESTION });
    const replay = await runCommand(['replay', taskId], here);
    expect(replay.code).toBe(0);
    expect(JSON.parse(replay.stdout)).toMatchObject({ identical: true });
    const status = await runCommand(['status', '--json'], here);
    expect(JSON.parse(status.stdout)).toMatchObject({ database: 'embedded', environment: 'development' });
  });

  it('shows a voice, deletes it and learns it anew', async () => {
    const { stdout } = await runCommand(['voice'], here);
    expect(stdout).toMatch(/^chat: \d+ words in \d+ of your own texts \(personal\)/m);
    expect(stdout).toMatch(/^ {2}sentences +[\d.]+ words on average/m);
    expect(stdout).toMatch(/contractions [\d.]+ /);
    const shown = await runCommand(['voice', 'show', 'chat', '--json'], here);
    const { voices } = JSON.parse(shown.stdout) as { voices: { habits: unknown }[] };
    expect(voices).toMatchObject([{ register: 'chat', status: 'ready' }]);
    expect((await runCommand(['voice', 'delete', 'chat'], here)).code).toBe(0);
    expect((await runCommand(['voice', 'delete', 'chat'], here)).code).toBe(1);
    expect((await runCommand(['voice'], here)).stdout).not.toContain('chat:');
    const rebuilt = await runCommand(['voice', 'rebuild', 'chat', '--json'], here);
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ register: 'chat', habits: voices[0]!.habits });
    expect((await runCommand(['voice', 'delete'], here)).code).toBe(2);
    expect((await runCommand(['voice', 'sing'], here)).code).toBe(2);
  });

  it('keeps users apart', async () => {
    const { code, stdout } = await runCommand(['query', QUESTION, '--user-id', 'bob'], here);
    expect(code).toBe(3);
    expect(stdout).not.toContain('Sources');
  });
});

describe('an exit code', () => {
  it.each([
    [['query', '--format', 'pdf', 'a'], /--format.*pdf/],
    [['query', '--max-words', 'many', 'a'], /whole number from 10 to 2000/],
    [['query', '--corpus', 'secret', '--', 'a'], /secret/],
    [['import'], /missing required argument 'path'/],
    [['import', SAMPLE, '--undo', 'x'], /and no path/],
    [['query', '--since', 'soon', 'a'], /30d/],
    [['documents', 'delete', '--corpus', 'social'], /with a filter/],
    [['corpora', 'retention', 'social', 'soon'], /whole number of days/],
    [['import', SAMPLE, '--corpus', 'secret'], /secret/],
    [['mint-token'], /--user-id/],
    [['mint-token', '--user-id', 'a', '--scope', 'root'], /Known scopes/],
    [['mint-token', '--user-id', 'a', '--minutes', '0'], /whole number from 1/],
    [['frobnicate'], /unknown command/],
    [['query', '--frob', 'a'], /unknown option/],
  ])('2 for wrong usage: %j', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(args, here);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('2 for wrong input: no prompt, a prompt that is none, a path that is not there, a run id that is none', async () => {
    for (const [args, input, code] of [
      [['query'], '', 'http.invalid_input'],
      [['query', '?!'], null, 'http.invalid_input'],
      [['import', join(root, 'nowhere')], null, 'cli.no_such_path'],
      [['runs', 'no-id'], null, 'http.invalid_input'],
    ] as const) {
      const ended = await runCommand(args, here, input);
      expect({ args, code: ended.code, stdout: ended.stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(ended.stderr).toMatch(new RegExp(`^error: .*\\[${code}\\]\nwhat to do: `, 'm'));
    }
  });

  it('1 for a file that is no export, which changes nothing and says what was expected', async () => {
    const path = join(root, 'other.json');
    await writeFile(path, '{"hello": "world"}');
    const { code, stdout, stderr } = await runCommand(['import', path, '--corpus', 'social'], here);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/\[corpus\.unrecognised_import\]\nwhat to do: .*conversations\.json/);
  });

  it('4 for an answer that is held, whose text is not shown', async () => {
    const data = inData('held');
    const path = join(root, 'card.txt');
    await writeFile(path, 'To the nursery I wrote: charge the deposit to card 4111 1111 1111 1111.');
    expect((await runCommand(['import', path, '--corpus', 'personal'], data)).code).toBe(0);
    const { code, stdout, stderr } = await runCommand(['query', 'What did I write to the nursery?'], data);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/\[governance\.held\]\nwhat to do: .*\nheld_by: drafter\n[\s\S]*\ntask_id: /);
    expect(stderr).not.toContain('4111');
  });

  it('0 for a folder of which something is not imported, 5 where it could not be read, 7 where nothing was there to store', async () => {
    const folder = join(root, 'mixed');
    await mkdir(folder);
    await writeFile(join(folder, 'good.md'), 'A good text.');
    await writeFile(join(folder, 'photo.jpg'), 'x');
    const data = inData('mixed-data');
    const leaving = await runCommand(['import', folder], data);
    expect(leaving.code).toBe(0);
    expect(leaving.stdout).toMatch(/1 new, .* 1 skipped\n {2}skipped 1: .*\(photo\.jpg\)/);
    await writeFile(join(folder, 'binary.md'), Buffer.from([0, 1, 2, 0, 255, 0]));
    expect((await runCommand(['import', folder], data)).code).toBe(5);
    const path = join(root, 'empty.md');
    await writeFile(path, ' \n');
    const empty = await runCommand(['import', path], data);
    expect(empty.code).toBe(7);
    expect(empty.stdout).toMatch(/0 new, 0 changed, 0 unchanged, 1 skipped/);
  });

  it('69 for a server that is not there', async () => {
    const away = { ...here, MCG_API_URL: 'http://127.0.0.1:1', MCG_TOKEN: 'x' };
    const { code, stderr } = await runCommand(['query', QUESTION], away);
    expect(code).toBe(69);
    expect(stderr).toMatch(/\[cli\.server_unreachable\]\nwhat to do: .*MCG_API_URL/);
  });

  it('78 for a wrong configuration, with a table of every fault', async () => {
    const wrong = { ...here, PORT: 'many', LOG_LEVEL: 'loud', NODE_ENV: 'production' };
    for (const command of ['serve', 'status', 'mint-token --user-id a']) {
      const { code, stdout, stderr } = await runCommand(command.split(' '), wrong);
      expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
      expect(stderr).toMatch(/variable +what is wrong +a value that works/);
      expect(stderr).toMatch(/^ {2}PORT +.* +3000$/m);
      expect(stderr).toMatch(/^ {2}LOG_LEVEL +.* +info$/m);
    }
    const weak = await runCommand(['serve'], { ...here, NODE_ENV: 'production', JWT_SECRET_KEY: 'weakling' });
    expect(weak.code).toBe(78);
    expect(weak.stderr).toMatch(/JWT_SECRET_KEY +has 8 bytes; production needs at least 32/);
    expect(weak.stderr).not.toContain('weakling');
  });
});

describe('mint-token', () => {
  it('prints the token and nothing else, and opens no database', async () => {
    const data = inData('minting');
    const args = ['mint-token', '--user-id', 'alice', '--scope', 'query,admin', '--minutes', '120'];
    const { code, stdout, stderr } = await runCommand(args, data);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(JWT);
    const claims = JSON.parse(Buffer.from(stdout.split('.')[1]!, 'base64url').toString());
    expect(claims).toMatchObject({ sub: 'alice', scope: 'query admin' });
    expect(claims.exp - claims.iat).toBe(120 * 60);
  });
});

describe('commands while a server holds the data folder', () => {
  const served = () => inData('served');

  it('speak to it, without being told where it is', async () => {
    const server = await startServer({ ...served(), JWT_SECRET_KEY: '' });
    const status = await runCommand(['status'], served());
    expect(status.stdout).toContain(server.url);

    const imported = await runCommand(['import', texts, '--corpus', 'published', '--json'], served());
    expect({ code: imported.code, stderr: imported.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(imported.stdout)).toMatchObject({ state: 'succeeded', source: 'markdown', created: 2 });
    const sample = await runCommand(['import', SAMPLE, '--corpus', 'personal', '--json'], served());
    expect(JSON.parse(sample.stdout).created).toBeGreaterThan(100);
    const answer = await runCommand(['query', 'When do I prune the pear tree?'], served());
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain('February');

    const { stdout: token } = await runCommand(['mint-token', '--user-id', 'local'], served());
    const asked = await fetch(`${server.url}/corpora`, {
      headers: { authorization: `Bearer ${token.trim()}` },
    });
    expect(asked.status).toBe(200);

    const refused = await runCommand(['query', QUESTION], { ...served(), MCG_TOKEN: 'not-a-token' });
    expect(refused.code).toBe(77);
    expect(refused.stderr).toContain('[auth.token_invalid]');
    const weak = await runCommand(['status'], { ...served(), MCG_TOKEN: token.trim() });
    expect(weak.code).toBe(77);
    expect(weak.stderr).toContain('[auth.scope_missing]');
    const path = join(root, 'image.png');
    await writeFile(path, 'x');
    expect((await runCommand(['import', path, '--corpus', 'social'], served())).code).toBe(1);
    server.process.signal('SIGTERM');
    expect((await server.process.ended).code).toBe(0);
  });

  it('and the same folder without the server is the same documents', async () => {
    const { stdout } = await runCommand(['import', texts, '--corpus', 'published', '--json'], served());
    expect(JSON.parse(stdout)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
  });

  it('an unpacked export goes to the server with its conversations', async () => {
    const folder = join(root, 'unpacked');
    await mkdir(folder);
    await writeFile(join(folder, 'conversations.json'), JSON.stringify([exchange('one')]));
    await writeFile(join(folder, 'chat.html'), '<html></html>');
    const server = await startServer({ ...inData('unpacked-data'), JWT_SECRET_KEY: '' });
    const args = ['import', folder, '--corpus', 'personal', '--json'];
    const overHttp = await runCommand(args, inData('unpacked-data'));
    expect(JSON.parse(overHttp.stdout)).toMatchObject({ source: 'chatgpt', created: 2 });
    server.process.signal('SIGTERM');
    await server.process.ended;
    const inProcess = await runCommand(args, inData('unpacked-data'));
    expect(JSON.parse(inProcess.stdout)).toMatchObject({ source: 'chatgpt', created: 0, unchanged: 2 });
  });
});
