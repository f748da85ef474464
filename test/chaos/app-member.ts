import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

const COMMAND_LINE = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
const START_LIMIT_MS = 120_000;
const KEPT_CHARS = 4_000;
const READY = {
  serve: /listens on (http:\S+)/,
  worker: /works on the queue \(probes: (http:\S+?)\/health/,
} as const;

/** Ends with the harness, also where that is stopped by hand. */
const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

export type MemberKind = keyof typeof READY;
export type Environment = Readonly<Record<string, string>>;

/** One process of the application, as it is started in production. */
export class AppMember {
  url = '';
  readonly ended: Promise<void>;
  private said = '';

  private constructor(
    readonly name: string,
    readonly kind: MemberKind,
    private readonly child: ChildProcess,
  ) {
    started.add(child);
    this.ended = once(child, 'close').then(() => void started.delete(child));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-KEPT_CHARS);
    });
  }

  /** Keeps all that it says in a file. */
  logTo(path: string): this {
    this.child.stderr!.pipe(createWriteStream(path));
    return this;
  }

  /** Starts a process in an environment that holds nothing but what is given; it may not be ready yet. */
  static spawn(kind: MemberKind, name: string, environment: Environment, folder: string): AppMember {
    const child = spawn(process.execPath, [COMMAND_LINE, kind], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return new AppMember(name, kind, child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it said last on standard error. */
  get lastWords(): string {
    return this.said;
  }

  /** Resolves once it serves; false where it ended before. Throws where it does neither. */
  async ready(): Promise<boolean> {
    const found = new Promise<boolean>((resolve) => {
      const look = () => {
        const url = READY[this.kind].exec(this.said)?.[1];
        if (url === undefined) return;
        this.url = url;
        resolve(true);
      };
      this.child.stderr!.on('data', look);
      look();
      void this.ended.then(() => resolve(false));
    });
    const late = new Promise<never>((_, reject) => {
      const fail = () => reject(new Error(`${this.name} does not come up: ${this.said}`));
      const timer = setTimeout(fail, START_LIMIT_MS);
      void found.finally(() => clearTimeout(timer));
    });
    return Promise.race([found, late]);
  }

  /** Ends it at once, as a crash does. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    if (this.isAlive) this.child.kill('SIGTERM');
    await this.ended;
  }
}
