import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bench/corpus/random.js';
import type { AppMember, Environment, MemberKind } from './app-member.js';
import type { ChaosField } from './chaos-field.js';

/** Servers and workers, each replaced as soon as it ends, as an orchestrator does. */
export class Troupe {
  private isOver = false;
  /** Ended by themselves: nobody here killed them. */
  readonly crashed: string[] = [];

  constructor(
    private readonly field: ChaosField,
    private readonly random: Random,
    private readonly environment: Environment = {},
  ) {}

  async start(servers = 2, workers = 3): Promise<void> {
    const kinds = [...Array<MemberKind>(servers).fill('serve'), ...Array<MemberKind>(workers).fill('worker')];
    await Promise.all(kinds.map((kind) => this.keep(kind).ready()));
  }

  /** Kills one that serves, as soon as there is one. */
  async killOne(): Promise<void> {
    for (;;) {
      const members = [...this.field.members].filter(({ url, isAlive }) => url !== '' && isAlive);
      if (members.length > 0) return this.field.kill(this.random.pick(members));
      await sleep(50);
    }
  }

  async killNamed(name: string): Promise<void> {
    const member = [...this.field.members].find((each) => each.name === name);
    if (member) await this.field.kill(member);
  }

  /** Replaces nobody any more. */
  end(): void {
    this.isOver = true;
  }

  private keep(kind: MemberKind): AppMember {
    // Servers leave the queue to the workers.
    const more: Environment = kind === 'serve' ? { QUEUE_WORKERS: '0' } : {};
    const member = this.field.spawn(kind, kind, { ...more, ...this.environment });
    void member.ready();
    void member.ended.then(() => {
      if (this.isOver) return;
      if (!this.field.kills.some(({ process }) => process === member.name))
        this.crashed.push(`${member.name} ended by itself: ${member.lastWords.slice(-300)}`);
      this.keep(kind);
    });
    return member;
  }
}
