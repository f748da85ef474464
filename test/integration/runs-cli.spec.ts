import { bearer, call, endProcesses, runCommand, startServer, type TestServer } from '../support/process.js';
import { WatchedDatabase } from '../support/process-database.js';

const DEAD = { code: 'pipeline.dead_letter', kind: 'unavailable', message: 'm', hint: 'h', retryable: true };

let database: WatchedDatabase;
let server: TestServer;
let admin: Record<string, string>;

beforeAll(async () => {
  database = await WatchedDatabase.create();
  // Nobody works on the queue, so that each run stays as it is.
  server = await startServer({ DATABASE_URL: database.url, QUEUE_WORKERS: '0' });
  const { authorization } = await bearer('root', ['query', 'admin']);
  admin = { MCG_API_URL: server.url, MCG_TOKEN: String(authorization).slice('Bearer '.length) };
});

afterAll(async () => {
  await endProcesses();
  await database.close();
});

const runs = (...args: string[]) => runCommand(['runs', ...args], admin);

/** Puts a run into the queue; gives back its id. */
async function submit(prompt: string): Promise<string> {
  const { body } = await call(server, 'POST', '/query', await bearer('alice'), { prompt, async: true });
  return (JSON.parse(body) as { task_id: string }).task_id;
}

describe('mcg-agent runs', () => {
  it('lists, shows and cancels a run, with `list` and without', async () => {
    const taskId = await submit('How do I prune the pear tree?');
    for (const args of [['list', '--all'], ['--all'], ['list', '--state', 'queued', '--owner', 'alice']]) {
      const { code, stdout, stderr } = await runs(...args);
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^${taskId} .* queued +`, 'm'));
    }
    expect((await runs('list', '--all')).stdout).toMatch(/^task_id .*owner[\s\S]*alice/);
    expect((await runs('--all', '--older-than', '1h')).stdout).not.toContain(taskId);
    for (const args of [['show', taskId], [taskId]]) {
      const shown = JSON.parse((await runs(...args)).stdout) as object;
      expect(shown).toMatchObject({ task_id: taskId, state: 'queued', user_id: 'alice' });
    }
    const cancelled = await runs('cancel', taskId);
    expect(cancelled).toMatchObject({ code: 0, stderr: '' });
    expect(cancelled.stdout).toMatch(/^state +cancelled$/m);
    expect(cancelled.stdout).toContain(`mcg-agent runs show ${taskId}`);
    const refused = await runs('retry', taskId);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('[pipeline.not_retryable]');
  });

  it('lists runs that were given up, and puts one into the queue again', async () => {
    const taskId = await submit('How do I prune the plum tree?');
    const other = await submit('How do I prune the vine?');
    await database.rows(`UPDATE runs SET state = 'failed', failure = $2, attempts = 3 WHERE task_id = $1`, [
      taskId,
      DEAD,
    ]);
    const dead = await runs('dead', '--all', '--json');
    expect(JSON.parse(dead.stdout)).toMatchObject({ runs: [{ task_id: taskId }] });
    expect((await runs('dead')).stdout).not.toContain(taskId);
    const retried = await runs('retry', taskId, '--json');
    expect(retried.code).toBe(0);
    expect(JSON.parse(retried.stdout)).toMatchObject({ task_id: taskId, state: 'queued', attempts: 0 });
    expect((await runs('dead', '--all')).stdout).not.toContain(taskId);
    expect((await runs('list', '--all')).stdout).toContain(other);
  });

  it('says what it was not told, and does not know', async () => {
    for (const [args, words] of [
      [['cancel'], /missing required argument 'task_id'/],
      [['retry', '--frob', 'x'], /unknown option '--frob'/],
      [['--limit', '0'], /whole number from 1 to 100/],
      [['--older-than', 'long'], /\[http\.invalid_input\]/],
      [['show', 'no-id'], /\[http\.invalid_input\]/],
      [['cancel', 'a/../b'], /\[http\.invalid_input\]/],
    ] as const) {
      const { code, stdout, stderr } = await runs(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(words);
    }
    for (const command of ['list', 'show', 'cancel', 'retry', 'dead']) {
      const { code, stdout } = await runs(command, '--help');
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining(`Usage: mcg-agent runs ${command}`),
      });
    }
  });
});
