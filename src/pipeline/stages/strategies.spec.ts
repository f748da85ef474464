import {
  A_PLAN,
  aPack,
  aRequest,
  aSearchResult,
  aSnippet,
  aWork,
  cited,
  generated,
  measured,
} from '../../../test/support/pipeline-values.js';
import { type Answering, driveStage } from '../../../test/support/stage-driver.js';
import type { Ask } from '../asks.js';
import { critic } from './critic.stage.js';
import { drafter } from './drafter.stage.js';
import { ideator } from './ideator.stage.js';
import { revisor } from './revisor.stage.js';
import { summarizer } from './summarizer.stage.js';

const SOURCE = aSnippet('s1', 'The hotbed heats the greenhouse. The cable costs little.');
const TEXT = cited(['The hotbed heats the greenhouse.', 's1'], ['The cable costs little.', 's1']);
const API = { primary: 'openai/m', firebreak: 'openai/m', local: 'mvlm/extractive-2' };
const SHORT = { ...A_PLAN, strategy: 'speed', optionalAsks: false, critiqueBy: 'local' } as const;
const TIMEBOX = { status: 'failed', code: 'optimizer.timebox', message: 'took too long' } as const;
const DENIED = { status: 'denied', policies: ['p'], message: 'no' } as const;

const workOf = (over: Parameters<typeof aRequest>[0]) =>
  aWork({
    request: aRequest({ corpora: ['personal', 'social'], writers: API, ...over }),
    pack: aPack([SOURCE]),
    text: TEXT,
  });

/** Whom an ask that writes was put to, as `primary` or `primary (kept)`. */
const writersOf = (asks: readonly Ask[]) =>
  asks.flatMap((ask) => ('writer' in ask ? [ask.kept ? `${ask.writer} (kept)` : ask.writer] : []));

/** Writes what the stage wants, where `refuses` does not speak for a writer. */
const answering =
  (
    value: unknown,
    refuses: (writer: string) => ReturnType<Answering> | undefined = () => undefined,
  ): Answering =>
  (ask) => {
    if (ask.type === 'search')
      return { status: 'done', value: aSearchResult([SOURCE], ['greenhous', 'heat']) };
    if (ask.type === 'measure') return { status: 'done', value: measured() };
    const [writer = ''] = writersOf([ask]);
    return refuses(writer) ?? { status: 'done', value: generated(value) };
  };

describe('the speed strategy', () => {
  it('reads nothing for style', () => {
    const { asks } = driveStage(drafter.run(workOf({ plan: SHORT })), answering(TEXT));
    expect(asks.map(({ type }) => type)).toEqual(['generate', 'measure']);
  });

  it('has the draft read by the engine of this process', () => {
    const { asks, output } = driveStage(critic.run(workOf({ plan: SHORT })), answering([]));
    expect(writersOf(asks)).toEqual(['local']);
    expect(output.fallback).toBeNull();
  });

  it('makes do with a first outline that is mended', () => {
    const outlined = (plan: typeof A_PLAN) => {
      const outline = { headline: 'h', points: TEXT };
      const findings = [{ kind: 'ungrounded', sentence: 1, span: null, evidence: '', message: '' }] as const;
      return driveStage(ideator.run(workOf({ plan })), (ask) =>
        ask.type === 'measure'
          ? { status: 'done', value: measured({ outcome: 'major', findings }) }
          : answering(outline)(ask, 0),
      );
    };
    expect(writersOf(outlined(A_PLAN).asks)).toEqual(['primary', 'primary']);
    const short = outlined(SHORT);
    expect(writersOf(short.asks)).toEqual(['primary']);
    expect(short.output.work.text).toEqual(TEXT.slice(0, 1));
  });
});

describe('where a writer gives nothing in time', () => {
  const late = (writer: string) => (writer === 'primary' || writer === 'firebreak' ? TIMEBOX : undefined);

  it.each([
    ['drafter', drafter, TEXT],
    ['critic', critic, []],
  ])('the %s takes what was kept of it', (_role, stage, value) => {
    const { asks, output } = driveStage(stage.run(workOf({ mayRecall: true })), answering(value, late));
    expect(writersOf(asks)).toEqual(['primary', 'primary (kept)']);
    expect(output.fallback).toBe('kept');
  });

  it('asks the local engine where nothing was kept, and at once where nothing is ever kept', () => {
    const nothing = (writer: string) => (writer === 'local' ? undefined : TIMEBOX);
    const kept = driveStage(drafter.run(workOf({ mayRecall: true })), answering(TEXT, nothing));
    expect(writersOf(kept.asks)).toEqual(['primary', 'primary (kept)', 'local']);
    expect(kept.output.fallback).toBe('local');
    const { asks } = driveStage(drafter.run(workOf({})), answering(TEXT, nothing));
    expect(writersOf(asks)).toEqual(['primary', 'local']);
  });

  it('never says that nothing was found where not all could be searched', () => {
    const searching =
      (found: boolean): Answering =>
      (ask) => {
        if (ask.type !== 'search') return answering({ headline: 'h', points: TEXT })(ask, 0);
        if (ask.corpus === 'social') return TIMEBOX;
        return { status: 'done', value: aSearchResult(found ? [SOURCE] : [], ['greenhous', 'heat']) };
      };
    expect(() => driveStage(ideator.run(workOf({})), searching(false))).toThrow(TIMEBOX.message);
    const { output } = driveStage(ideator.run(workOf({})), searching(true));
    expect(output).toMatchObject({ fallback: 'search_incomplete', work: { outcome: 'answered' } });
  });

  it('tells why the writer gave nothing, not that nothing was kept of it', () => {
    const refusing: Answering = (ask) => {
      if (!('writer' in ask)) return answering(TEXT)(ask, 0);
      const code = ask.kept ? 'optimizer.nothing_kept' : 'optimizer.quality_gate';
      return { status: 'failed', code, message: code };
    };
    const request = { mayRecall: true, writers: { ...API, local: API.primary } };
    expect(() => driveStage(drafter.run(workOf(request)), refusing)).toThrow('optimizer.quality_gate');
  });

  it('takes a kept revision and a kept summary, else the input unchanged', () => {
    const request = { mayRecall: true } as const;
    const revision = { text: TEXT, changes: [] };
    const revised = driveStage(revisor.run(workOf(request)), answering(revision, late));
    expect(writersOf(revised.asks)).toEqual(['firebreak', 'firebreak (kept)']);
    expect(revised.output.fallback).toBe('kept');
    const never = driveStage(
      summarizer.run(workOf(request)),
      answering(null, () => TIMEBOX),
    );
    expect(writersOf(never.asks)).toEqual(['firebreak', 'firebreak (kept)', 'local']);
    expect(never.output).toMatchObject({ fallback: 'input_unchanged', work: { text: TEXT } });
  });

  it('never gets round a denial by what was kept', () => {
    const denied = (writer: string) => (writer.startsWith('local') ? undefined : DENIED);
    const { asks } = driveStage(drafter.run(workOf({ mayRecall: true })), answering(TEXT, denied));
    expect(writersOf(asks)).toEqual(['primary', 'local']);
    const revision = { text: TEXT, changes: [] };
    const revised = driveStage(revisor.run(workOf({ mayRecall: true })), answering(revision, denied));
    expect(writersOf(revised.asks)).toEqual(['firebreak', 'local']);
  });
});
