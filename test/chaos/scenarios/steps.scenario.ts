import { setTimeout as sleep } from 'node:timers/promises';
import { account } from '../accounts.js';
import type { AppMember } from '../app-member.js';
import type { Question } from '../chaos-client.js';
import { ChaosField, OWNERS, PROMPTS, type Provider } from '../chaos-field.js';
import { Load } from '../load.js';
import { type Side, StatementProxy, type WriteStep } from '../statement-proxy.js';
import type { Scenario, ScenarioSetting } from './scenario.js';

/** Where a process is killed: at a write, or as its call reaches the API. */
type Place = { readonly step: WriteStep; readonly side: Side } | { readonly call: string };

const ROLES_WRITE = ['outline', 'draft', 'critique', 'revision', 'summary'];
/** A step may come after the run's end: what says that its job is done. */
const AFTER_END_MS = 5_000;
const [OWNER, PROMPT] = [OWNERS[0], PROMPTS[0]];

/** Kills the process that works on a run at each of the run's steps, one run for each; the next process goes on. */
export function killAtEachStep(provider: Provider): Scenario {
  return async (setting) => {
    const startedMs = Date.now();
    const field = await ChaosField.open({
      serverUrl: setting.options.databaseUrl,
      provider,
      logFolder: setting.options.logFolder,
    });
    const proxy = await StatementProxy.before(new URL(field.database.url));
    try {
      const walk = new StepWalk(field, proxy, setting);
      await walk.through(true);
      await walk.through(false);
      const { name } = setting;
      return await account(field, walk.load, {
        scenario: name,
        disturbances: field.kills.length,
        startedMs,
        notes: walk.notes,
      });
    } finally {
      await field.close();
      await proxy.stop();
    }
  };
}

class StepWalk {
  readonly load: Load;
  readonly notes: string[] = [];
  private api: AppMember | undefined;

  constructor(
    private readonly field: ChaosField,
    private readonly proxy: StatementProxy,
    private readonly setting: ScenarioSetting,
  ) {
    this.load = new Load(field, setting.random);
  }

  /** Kills a worker for each step of a queued run, or a server for each step of one that is waited for. */
  async through(isAsync: boolean): Promise<void> {
    const what = isAsync ? 'queued' : 'waited for';
    this.api = isAsync ? await this.field.start('serve', 'api', { QUEUE_WORKERS: '0' }) : undefined;
    let victim = await this.victim(isAsync);
    const places = await this.places(victim, isAsync);
    const chosen = places.filter((_, index) => index % this.setting.options.every === 0);
    this.setting.say(`${what}: ${chosen.length} of ${places.length} places`);
    for (const place of chosen) this.setting.say(`  ${wordsOf(place)}`);
    for (const [index, place] of chosen.entries()) {
      const question = this.question(isAsync);
      const key = `${isAsync ? 'queued' : 'awaited'}-${index}`;
      const asking = this.killAt(victim, place, question, key);
      if (!(await asking.reached)) this.notes.push(`${what}: not reached: ${wordsOf(place)}`);
      await this.field.database.endLeases();
      victim = await this.victim(isAsync);
      await asking.told;
      await this.ended();
    }
    await victim.stop();
    await this.api?.stop();
    this.notes.push(`${what}: ${chosen.length} places, ${listed(places)}`);
  }

  private question(isAsync: boolean): Question {
    return { owner: OWNER, prompt: PROMPT, isAsync };
  }

  private victim(isAsync: boolean): Promise<AppMember> {
    const [kind, name] = isAsync ? (['worker', 'worker'] as const) : (['serve', 'server'] as const);
    return this.field.start(kind, name, { DATABASE_URL: this.proxy.url, QUEUE_WORKERS: '1' });
  }

  /** The steps of an undisturbed run. */
  private async places(victim: AppMember, isAsync: boolean): Promise<Place[]> {
    this.proxy.record();
    const calls = this.field.api.calls.length;
    await this.load.ask(this.question(isAsync), `recorded-${isAsync}`);
    await this.ended();
    // The job is done with a moment after its run.
    await sleep(500);
    if (!victim.isAlive) throw new Error(`the undisturbed run ended its process: ${victim.lastWords}`);
    const writes = this.proxy.steps.flatMap((step) =>
      (['before', 'after'] as const).map((side) => ({ step, side })),
    );
    const made = this.field.api.calls.slice(calls).map(({ task }) => ({ call: task }));
    return [...writes, ...made];
  }

  /** `reached`: the process was killed there. `told`: the caller has its answer, or a run that will have one. */
  private killAt(victim: AppMember, place: Place, question: Question, key: string) {
    const trapped = this.trapAt(place, victim).then(() => true);
    const told = this.load.ask(question, key);
    const reached = Promise.race([trapped, this.passedBy(told)]).then(async (was) => {
      this.field.api.onCall = () => true;
      await this.field.kill(victim);
      this.proxy.cut();
      this.proxy.record();
      return was;
    });
    return { reached, told };
  }

  /** False once the run has gone all the way. */
  private async passedBy(told: Promise<void>): Promise<boolean> {
    await told;
    await this.ended();
    await sleep(AFTER_END_MS);
    return false;
  }

  private trapAt(place: Place, victim: AppMember): Promise<void> {
    if ('step' in place) return this.proxy.arm(place.step, place.side);
    return new Promise((resolve) => {
      this.field.api.onCall = ({ task, process }) => {
        if (task !== place.call || process !== victim.name) return true;
        resolve();
        return false;
      };
    });
  }

  private async ended(): Promise<void> {
    await this.load.drain(0);
  }
}

function wordsOf(place: Place): string {
  if ('call' in place) return `the call of the ${place.call}`;
  return `${place.side} ${place.step.write} #${place.step.occurrence + 1}`;
}

function listed(places: readonly Place[]): string {
  const calls = places.flatMap((place) => ('call' in place ? [place.call] : []));
  const writes = places.length - calls.length;
  const missing = calls.length === 0 ? [] : ROLES_WRITE.filter((role) => !calls.includes(role));
  const left = missing.length === 0 ? '' : `; no call of: ${missing.join(', ')}`;
  return `before and after ${writes / 2} writes${calls.length === 0 ? '' : ` and in ${calls.length} calls`}${left}`;
}
