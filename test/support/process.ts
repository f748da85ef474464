import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mintToken } from '../../src/auth/index.js';
import { parseSettings } from '../../src/config/index.js';
import { SCOPES, type Scope, SystemClock } from '../../src/shared/index.js';
import type { Headers, PlainResponse } from './http.js';
import { builtCommandLine } from './process-build.js';

export type Environment = Readonly<Record<string, string>>;

const SECRET = 'a secret of the tests, long enough to sign with';
/** No config file of whoever runs the tests is read. */
const NOWHERE = join(tmpdir(), 'mcg-no-config');
const started = new Set<ChildProcess>();

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the built application that is watched. */
export class AppProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  private readonly news = new Set<() => void>();

  private constructor(private readonly child: ChildProcess) {
    started.add(child);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      for (const tell of this.news) tell();
    });
    this.ended = once(child, 'close').then(([code]) => {
      started.delete(child);
      for (const tell of this.news) tell();
      return { code: code as number | null, stdout: this.stdout, stderr: this.stderr };
    });
  }

  /** Starts `mcg-agent` in an environment that holds nothing but what is given, away from any `.env` or config file. */
  static async start(
    args: readonly string[],
    environment: Environment,
    input: string | null = null,
  ): Promise<AppProcess> {
    const child = spawn(process.execPath, [await builtCommandLine(), ...args], {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'] ?? '', PORT: '0', XDG_CONFIG_HOME: NOWHERE, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin!.end(input ?? '');
    return new AppProcess(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  signal(name: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): void {
    this.child.kill(name);
  }

  /** Waits for words on standard error; fails when the process ends without them. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stderr);
      if (found) return found;
      const isOver = this.child.exitCode !== null || this.child.signalCode !== null;
      if (isOver) throw new Error(`ended without ${pattern}: ${this.stderr}`);
      await new Promise<void>((resolve) => {
        const tell = () => {
          this.news.delete(tell);
          resolve();
        };
        this.news.add(tell);
      });
    }
  }
}

/** Runs one command to its end. */
export async function runCommand(
  args: readonly string[],
  environment: Environment,
  input: string | null = null,
): Promise<Ended> {
  return (await AppProcess.start(args, environment, input)).ended;
}

/** A server process and how to call it. */
export interface TestServer {
  readonly process: AppProcess;
  readonly url: string;
}

/** Starts `mcg-agent serve` with a known secret and waits until it listens. */
export async function startServer(environment: Environment): Promise<TestServer> {
  const app = await AppProcess.start(['serve'], { JWT_SECRET_KEY: SECRET, ...environment });
  const [, url] = await app.says(/listens on (http:\S+)/);
  return { process: app, url: url! };
}

/** Starts `mcg-agent worker` beside servers of the same database and waits until it works on the queue. */
export async function startWorker(environment: Environment): Promise<TestServer> {
  const worker = await AppProcess.start(['worker'], { JWT_SECRET_KEY: SECRET, ...environment });
  const [, url] = await worker.says(/works on the queue \(probes: (http:\S+?)\/health/);
  return { process: worker, url: url! };
}

/** A bearer header that every server of `startServer` takes. */
export async function bearer(userId: string, scopes: readonly Scope[] = SCOPES): Promise<Headers> {
  const { auth } = parseSettings({ JWT_SECRET_KEY: SECRET });
  const token = await mintToken(auth, new SystemClock(), { userId, scopes, minutes: 5 });
  return { authorization: `Bearer ${token}` };
}

/** Sends one request over a real line. A body that is no text is sent as JSON. */
export async function call(
  server: TestServer,
  method: 'GET' | 'POST',
  path: string,
  headers: Headers,
  body?: string | object,
): Promise<PlainResponse> {
  const isJson = typeof body === 'object';
  const init: RequestInit = {
    method,
    headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
  };
  if (body !== undefined) init.body = isJson ? JSON.stringify(body) : body;
  const response = await fetch(server.url + path, init);
  const text = await response.text();
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: text };
}

/** Imports a text for alice and waits until it can be found. */
export async function importNote(server: TestServer, note: string): Promise<void> {
  const headers = { ...(await bearer('alice')), 'content-type': 'text/plain' };
  const status = await importEnd(
    server,
    await call(server, 'POST', '/corpora/personal/import', headers, note),
  );
  if (status['state'] !== 'succeeded') throw new Error(JSON.stringify(status));
}

/** What `GET /imports/:import_id` says to alice once the import has ended. */
export async function importEnd(
  server: TestServer,
  started: PlainResponse,
): Promise<Record<string, unknown>> {
  const { import_id: id } = JSON.parse(started.body) as { import_id: string };
  for (;;) {
    const { body } = await call(server, 'GET', `/imports/${id}`, await bearer('alice'));
    const status = JSON.parse(body) as Record<string, unknown>;
    if (status['state'] !== 'running') return status;
    await sleep(20);
  }
}

/** Ends what a failed test left running. */
export async function endProcesses(): Promise<void> {
  const ends = [...started].map((child) => {
    child.kill('SIGKILL');
    return once(child, 'close');
  });
  await Promise.all(ends);
}
