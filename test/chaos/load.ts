import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bench/corpus/random.js';
import type { Question, Reply } from './chaos-client.js';
import type { ChaosField } from './chaos-field.js';

/** What was promised to a caller. */
export interface Promised {
  readonly question: Question;
  readonly key: string;
  /** What the caller was given as the answer; null where it was not given one. */
  content: string | null;
  /** Whether a caller was told that this run is no more. */
  isGivenUp: boolean;
}

const CALLERS = 5;
const ASYNC_SHARE = 0.6;
/** More than that many runs at work or waiting would only lengthen the wait for their end. */
const MOST_UNENDED = 30;
const ANSWER_LIMIT_MS = 240_000;
const DRAIN_LIMIT_MS = 300_000;
const LOOK_MS = 300;

/** Callers who ask one question after the other, and repeat each under its key until they are told something. */
export class Load {
  readonly promised = new Map<string, Promised>();
  /** Keys of which nobody ever said anything that lasts. */
  readonly unanswered: string[] = [];
  /** Told that they shall not repeat it. */
  readonly refused: string[] = [];
  private asked = 0;
  private unended = 0;
  private isOver = false;
  private readonly callers: Promise<void>[] = [];

  constructor(
    private readonly field: ChaosField,
    private readonly random: Random,
  ) {}

  get count(): number {
    return this.asked;
  }

  start(callers = CALLERS): void {
    this.callers.push(this.look());
    for (let caller = 0; caller < callers; caller++) this.callers.push(this.keepAsking());
  }

  /** Asks no more, and waits until every run has ended, or until it is plain that one never will. */
  async drain(least: number, limitMs = DRAIN_LIMIT_MS): Promise<void> {
    while (this.asked < least) await sleep(LOOK_MS);
    this.isOver = true;
    await Promise.all(this.callers);
    const untilMs = Date.now() + limitMs;
    while ((await this.field.database.unended()) > 0 && Date.now() < untilMs) await sleep(LOOK_MS);
  }

  /** Asks until there is an answer, or a run that will have one. */
  async ask(question: Question, key: string): Promise<void> {
    const untilMs = Date.now() + ANSWER_LIMIT_MS;
    this.asked++;
    while (Date.now() < untilMs) {
      const reply = await this.send(question, key);
      if (reply.taskId !== null) this.promise(reply.taskId, question, key, reply);
      if (reply.kind === 'answered' || reply.kind === 'accepted') return;
      if (reply.kind === 'refused' && !reply.isRetryable)
        return void this.refused.push(`${key}: ${reply.status} ${reply.code}`);
      await sleep(reply.waitMs);
    }
    this.unanswered.push(key);
  }

  /** Notes what a caller was told of a run. */
  promise(taskId: string, question: Question, key: string, { kind, content }: Reply): void {
    const known = this.promised.get(taskId) ?? { question, key, content: null, isGivenUp: false };
    for (const other of this.promised.values())
      if (other !== known && other.key === key && other.question.owner === question.owner)
        other.isGivenUp = true;
    if (kind === 'answered') known.content = content;
    this.promised.set(taskId, known);
  }

  private async send(question: Question, key: string): Promise<Reply> {
    while (this.field.servers.length === 0) await sleep(50);
    return this.field.client.send(this.random.pick(this.field.servers).url, question, key);
  }

  private async keepAsking(): Promise<void> {
    while (!this.isOver) {
      if (this.unended >= MOST_UNENDED) {
        await sleep(LOOK_MS);
        continue;
      }
      const question = this.random.pick(this.field.questions(this.random.next() < ASYNC_SHARE));
      await this.ask(question, `load-${this.asked}`);
      await sleep(50);
    }
  }

  private async look(): Promise<void> {
    while (!this.isOver) {
      this.unended = await this.field.database.unended();
      await sleep(LOOK_MS);
    }
  }
}
