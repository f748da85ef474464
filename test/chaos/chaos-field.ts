import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiStub } from './api-stub.js';
import { AppMember, type Environment, type MemberKind } from './app-member.js';
import { ChaosClient, type Question, SECRET } from './chaos-client.js';
import { type Fingerprint, fingerprintOf } from './fingerprint.js';
import { WatchedRunsRepository } from './watched-runs.repository.js';

/** `local`: everything is written in the process. `outside`: all five roles call the API. */
export type Provider = 'local' | 'outside';

export const OWNERS = ['ada', 'ben', 'cleo'] as const;
export const PROMPTS = [
  'How do I prune the pear tree?',
  'When are the roses watered?',
  'What did I note about the greenhouse door?',
] as const;
/** Has no notes: the cheapest runs. */
export const EMPTY_OWNER = 'dora';
export const NOTE = `I prune the pear tree in February: first the crossing branches, then the water shoots.

The roses are watered at dawn, since the evening water gave them mildew two years ago.

I noted that the greenhouse door sticks when it rains; a plane and some wax would mend it.`;

export interface FieldOptions {
  readonly serverUrl: string;
  readonly provider: Provider;
  readonly environment?: Environment;
  readonly logFolder?: string | null;
}

/** A database, an API and processes of the application on them, and how each question is answered when nobody disturbs. */
export class ChaosField {
  readonly client = new ChaosClient();
  readonly members = new Set<AppMember>();
  /** When which process was killed. */
  readonly kills: { readonly process: string; readonly atMs: number }[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'mcg-chaos-'));
  private readonly undisturbed = new Map<string, Fingerprint>();
  /** Those of the undisturbed runs, which are not counted. */
  private readonly known = new Set<string>();
  private count = 0;

  private constructor(
    readonly database: WatchedRunsRepository,
    readonly api: ApiStub,
    private readonly options: FieldOptions,
  ) {}

  /** Loads the notes and asks every question once, undisturbed. */
  static async open(options: FieldOptions): Promise<ChaosField> {
    const database = await WatchedRunsRepository.create(options.serverUrl);
    const field = new ChaosField(database, await ApiStub.start(), options);
    try {
      await field.prepare();
    } catch (error) {
      await field.close();
      throw error;
    }
    return field;
  }

  private async prepare(): Promise<void> {
    const server = await this.start('serve', 'first', { QUEUE_WORKERS: '0' });
    await this.database.watch();
    for (const owner of [...OWNERS, EMPTY_OWNER]) {
      if (owner !== EMPTY_OWNER) await this.client.importNote(server.url, owner, NOTE);
      for (const [index, prompt] of PROMPTS.entries()) {
        const question = { owner, prompt, isAsync: false };
        const reply = await this.client.send(server.url, question, `first-${index}`);
        if (reply.kind !== 'answered') throw new Error(`not answered: ${reply.status} ${reply.code}`);
      }
    }
    for (const run of await this.database.runs()) {
      this.known.add(run.taskId);
      this.undisturbed.set(`${run.ownerId} ${run.prompt}`, fingerprintOf(run));
    }
    await server.stop();
    this.api.calls.length = 0;
  }

  isKnown(taskId: string): boolean {
    return this.known.has(taskId);
  }

  expected(owner: string, prompt: string): Fingerprint {
    return this.undisturbed.get(`${owner} ${prompt}`)!;
  }

  /** Starts a process under a name that none had before, and waits until it serves. Throws where it ends before. */
  async start(kind: MemberKind, name: string = kind, more: Environment = {}): Promise<AppMember> {
    const member = this.spawn(kind, name, more);
    if (!(await member.ready())) throw new Error(`${member.name} did not start: ${member.lastWords}`);
    return member;
  }

  /** The same without waiting. */
  spawn(kind: MemberKind, name: string = kind, more: Environment = {}): AppMember {
    const unique = `${name}-${++this.count}`;
    const member = AppMember.spawn(kind, unique, this.environmentOf(unique, more), this.folder);
    const { logFolder } = this.options;
    if (logFolder) member.logTo(join(logFolder, `${unique}.log`));
    this.members.add(member);
    void member.ended.then(() => this.members.delete(member));
    return member;
  }

  private environmentOf(name: string, more: Environment): Environment {
    const environment = {
      JWT_SECRET_KEY: SECRET,
      LOG_LEVEL: 'error',
      MCG_DATA_DIR: this.folder,
      DATABASE_URL: this.database.url,
      MCG_CACHE_BACKEND: 'none',
      RATE_LIMIT_PER_MINUTE: '0',
      SHUTDOWN_GRACE_MS: '2000',
      QUEUE_WORKERS: '2',
      // Chaos kills one run far more often than life does; the dead letter has a scenario of its own.
      QUEUE_MAX_ATTEMPTS: '20',
      ...(this.options.provider === 'local' ? {} : this.outside(name)),
      ...this.options.environment,
      ...more,
    };
    return { ...environment, DATABASE_URL: signed(environment.DATABASE_URL, name) };
  }

  private outside(name: string): Environment {
    return {
      GEN_PROVIDER: 'openai',
      FIREBREAK_PROVIDER: 'openai',
      OPENAI_BASE_URL: this.api.baseUrl(name),
      OPENAI_API_KEY: 'k',
    };
  }

  /** The processes that serve callers now. */
  get servers(): readonly AppMember[] {
    return [...this.members].filter(({ kind, url, isAlive }) => kind === 'serve' && url !== '' && isAlive);
  }

  async kill(member: AppMember): Promise<void> {
    this.kills.push({ process: member.name, atMs: Date.now() });
    member.kill();
    await member.ended;
  }

  questions(isAsync: boolean): readonly Question[] {
    return OWNERS.flatMap((owner) => PROMPTS.map((prompt) => ({ owner, prompt, isAsync })));
  }

  async close(): Promise<void> {
    for (const member of this.members) member.kill();
    await Promise.all([...this.members].map(({ ended }) => ended));
    await this.api.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Lets the database know which process writes. The application's own option is given again, since this one wins. */
function signed(databaseUrl: string, process: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c jit=off -c chaos.process=${process}`);
  return url.href.replaceAll('+', '%20');
}
