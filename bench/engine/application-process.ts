import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Engine } from './engine.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const WORKER = fileURLToPath(new URL('../../src/worker.js', import.meta.url));
const LISTENS = /listens on (http:\S+)/;
const WORKS = /works on the queue \(probes: (http:\S+?)\/health/;

/** The application as it is started in production, in a process of its own. */
export class ApplicationProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Waits until it listens; `flags` are of node. Rejects with what it said where it ends before. */
  static async start(engine: Engine, flags: readonly string[] = []): Promise<ApplicationProcess> {
    return ApplicationProcess.run([...flags, MAIN], engine, LISTENS);
  }

  /** A process that works on the queue alone; waits until it does. */
  static startWorker(engine: Engine): Promise<ApplicationProcess> {
    return ApplicationProcess.run([WORKER], engine, WORKS);
  }

  private static async run(args: readonly string[], engine: Engine, ready: RegExp) {
    const child = spawn(process.execPath, [...args], {
      env: engine.environment,
      cwd: engine.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return new ApplicationProcess(child, await saysUrl(child, ready));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Whether it has not ended by itself. */
  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

function saysUrl(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = ready.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the process did not start: ${said}`)));
  });
}
