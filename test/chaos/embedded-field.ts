import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bench/corpus/random.js';
import { AppMember } from './app-member.js';
import { ChaosClient, type Question, type Reply, SECRET } from './chaos-client.js';
import { NOTE, OWNERS, PROMPTS } from './chaos-field.js';
import { fingerprintOf } from './fingerprint.js';
import type { ScenarioName } from './options.js';
import type { Verdict } from './report.js';

const OWNER = OWNERS[0];
const END_LIMIT_MS = 120_000;
const FINAL = ['succeeded', 'held', 'failed', 'rejected', 'cancelled'];

interface ShownRun {
  readonly task_id: string;
  readonly state: string;
  readonly prompt: string;
  readonly content: string | null;
  readonly metadata: Record<string, unknown> | null;
  readonly failure: { readonly code: string } | null;
}

/** One server on an embedded database in a folder; all that is known of it is what it tells its callers. */
export class EmbeddedField {
  /** Keys that were refused, and with what. */
  readonly refusals = new Map<string, string>();
  restarts = 0;
  private server: AppMember | undefined;
  private readonly client = new ChaosClient();
  /** What callers were told: the run of each key, and its answer where they were given one. */
  private readonly promised = new Map<string, { taskId: string; content: string | null }>();
  private readonly expected = new Map<string, string>();
  private asked = 0;
  private promisedTwice = 0;

  constructor(
    private readonly folder: string,
    private readonly random: Random,
  ) {}

  async open(): Promise<void> {
    await this.start();
    await this.client.importNote(this.server!.url, OWNER, NOTE);
    for (const [index, prompt] of PROMPTS.entries()) {
      const reply = await this.client.send(this.server!.url, this.question(prompt, false), `first-${index}`);
      const run = reply.taskId === null ? null : await this.read(reply.taskId);
      if (run?.state !== 'succeeded') throw new Error(`not answered: ${reply.status} ${reply.code}`);
      this.expected.set(prompt, fingerprintOf(run).answer);
    }
  }

  /** Asks once; what is refused stays to be asked again. */
  async ask(key: string): Promise<void> {
    await this.up();
    this.asked++;
    const reply = await this.client.send(this.server!.url, this.questionOf(key), key);
    if (!this.note(key, reply)) this.refusals.set(key, `${reply.status} ${reply.code ?? reply.kind}`);
  }

  /** Asks whatever was refused until it is answered. */
  async askAgain(): Promise<void> {
    for (const key of this.refusals.keys()) {
      const untilMs = Date.now() + END_LIMIT_MS;
      while (Date.now() < untilMs) {
        await this.up();
        if (this.note(key, await this.client.send(this.server!.url, this.questionOf(key), key))) break;
        await sleep(500);
      }
    }
  }

  /** Waits for the end of each run that was promised and compares. */
  async account(scenario: ScenarioName, startedMs: number): Promise<Verdict> {
    const runs = await Promise.all([...this.promised.values()].map((each) => this.ended(each)));
    const failed = runs.filter(
      ({ run }) => run !== null && run.state !== 'succeeded' && FINAL.includes(run.state),
    );
    return {
      scenario,
      disturbances: 1,
      runs: this.asked,
      faults: {
        lost: runs.filter(({ run }) => run === null).length + this.asked - this.promised.size,
        duplicated: this.promisedTwice,
        overspent: 0,
        differing: runs.filter(({ run, content }) => run?.state === 'succeeded' && this.differs(run, content))
          .length,
        failed: failed.length,
      },
      stoodIn: 0,
      resumed: 0,
      resumeMs: [],
      seconds: (Date.now() - startedMs) / 1_000,
      notes: failed.map(({ run }) => `${run!.task_id} ended ${run!.state} (${run!.failure?.code})`),
    };
  }

  async close(): Promise<void> {
    this.server?.kill();
    await this.server?.ended;
  }

  private differs(run: ShownRun, content: string | null): boolean {
    return (
      (content !== null && content !== run.content) ||
      fingerprintOf(run).answer !== this.expected.get(run.prompt)
    );
  }

  private async ended({ taskId, content }: { taskId: string; content: string | null }) {
    for (const untilMs = Date.now() + END_LIMIT_MS; Date.now() < untilMs; await sleep(200)) {
      await this.up();
      const run = await this.read(taskId).catch(() => null);
      if (run && FINAL.includes(run.state)) return { run, content };
    }
    return { run: null, content };
  }

  /** Whether the caller was told of a run that will last. */
  private note(key: string, { kind, taskId, content }: Reply): boolean {
    if (taskId === null || (kind !== 'answered' && kind !== 'accepted')) return false;
    const known = this.promised.get(key);
    if (known && known.taskId !== taskId) this.promisedTwice++;
    this.promised.set(key, { taskId, content: content ?? known?.content ?? null });
    return true;
  }

  private questionOf(key: string): Question {
    const number = Number(key.split('-')[1]);
    return this.question(PROMPTS[number % PROMPTS.length]!, number % 2 === 0);
  }

  private question(prompt: string, isAsync: boolean): Question {
    return { owner: OWNER, prompt, isAsync };
  }

  private async read(taskId: string): Promise<ShownRun> {
    const headers = await this.client.headers(OWNER);
    const response = await fetch(`${this.server!.url}/runs/${taskId}`, { headers });
    const run = (await response.json()) as ShownRun;
    if (!response.ok) throw new Error(`${response.status} for the run ${taskId}`);
    return run;
  }

  /** A server that has ended is started again, as an orchestrator does. */
  private async up(): Promise<void> {
    if (this.server?.isAlive) return;
    this.restarts++;
    await sleep(this.random.between(200, 500));
    await this.start();
  }

  private async start(): Promise<void> {
    const environment = {
      JWT_SECRET_KEY: SECRET,
      LOG_LEVEL: 'error',
      MCG_DATA_DIR: this.folder,
      MCG_CACHE_BACKEND: 'none',
      RATE_LIMIT_PER_MINUTE: '0',
    };
    this.server = AppMember.spawn('serve', 'embedded', environment, this.folder);
    await this.server.ready();
  }
}
