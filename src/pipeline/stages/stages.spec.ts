import {
  aPack,
  aRequest,
  aSearchResult,
  aSnippet,
  aWork,
  cited,
  generated,
  measured,
  ungrounded,
} from '../../../test/support/pipeline-values.js';
import { type Answering, driveStage } from '../../../test/support/stage-driver.js';
import type { Verdict } from '../../governance/index.js';
import type { Ask } from '../asks.js';
import { critic } from './critic.stage.js';
import { drafter } from './drafter.stage.js';
import { STAGES } from './index.js';
import { revisor } from './revisor.stage.js';
import { summarizer } from './summarizer.stage.js';

const SOURCE = aSnippet('s1', 'The hotbed heats the greenhouse. The cable costs little.');
const TEXT = cited(['The hotbed heats the greenhouse.', 's1'], ['The cable costs little.', 's1']);
const WORK = aWork({ pack: aPack([SOURCE]), text: TEXT });
const BAD: Partial<Verdict> = { outcome: 'critical', findings: [ungrounded(0)] };

it('acts in the order of the corridor', () => {
  expect(STAGES.map((stage) => stage.role)).toEqual([
    'ideator',
    'drafter',
    'critic',
    'revisor',
    'summarizer',
  ]);
});

describe('drafter', () => {
  const answering =
    (verdict: Partial<Verdict>): Answering =>
    (ask) => {
      if (ask.type === 'search')
        return { status: 'done', value: aSearchResult([aSnippet('t1', 'Short.', 'social')], []) };
      if (ask.type === 'generate') return { status: 'done', value: generated(TEXT) };
      if (ask.type === 'measure') return { status: 'done', value: measured(verdict) };
      throw new Error(`unplanned ask ${ask.type}`);
    };

  it('looks for style in public corpora only, at most five snippets', () => {
    const work = { ...WORK, request: aRequest({ corpora: ['personal', 'social', 'published'] }) };
    const { asks } = driveStage(drafter.run(work), answering({}));
    const searches = asks.filter((ask) => ask.type === 'search');
    expect(searches.map((ask) => [ask.corpus, ask.purpose])).toEqual([
      ['published', 'style'],
      ['social', 'style'],
    ]);
    expect(searches.reduce((sum, ask) => sum + ask.limit, 0)).toBe(5);
  });

  it('needs no style where the person has only a personal corpus', () => {
    const { asks } = driveStage(drafter.run(WORK), answering({}));
    expect(asks.map((ask) => ask.type)).toEqual(['generate', 'measure']);
  });

  it('drops what is found on a minor miss and hands a major one to the Critic', () => {
    const minor = driveStage(drafter.run(WORK), answering({ outcome: 'minor', findings: [ungrounded(1)] }));
    expect(minor.output.work.text).toEqual(TEXT.slice(0, 1));
    const major = driveStage(drafter.run(WORK), answering({ outcome: 'major', findings: [ungrounded(1)] }));
    expect(major.output.work.text).toEqual(TEXT);
    expect(major.output.work.openFindings).toEqual([ungrounded(1)]);
  });

  it('hands a score it could not bring up to the Critic, who tells the Revisor', () => {
    const missed = [{ score: 'tone' as const, shortfall: 0.3 }];
    const { output } = driveStage(drafter.run(WORK), answering({ outcome: 'major', missed }));
    expect(output.work.openMisses).toEqual(missed);
    const read = driveStage(critic.run(output.work), (ask) =>
      ask.type === 'measure'
        ? { status: 'done', value: measured() }
        : { status: 'done', value: generated([]) },
    );
    expect(read.output.work.notes).toMatchObject([{ sentence: null, kind: 'tone', action: 'keep' }]);
  });
});

describe('critic', () => {
  it('notes its own findings and those handed to it, and leaves the text as it is', () => {
    const work = { ...WORK, openFindings: [ungrounded(0)] };
    const note = { sentence: 1, kind: 'repetition', action: 'drop', message: 'Said before.' };
    const { asks, output } = driveStage(critic.run(work), (ask) =>
      ask.type === 'measure'
        ? { status: 'done', value: measured({ outcome: 'major', findings: [ungrounded(1)] }) }
        : { status: 'done', value: generated([note]) },
    );
    expect(asks.map((ask) => ask.type)).toEqual(['generate', 'measure']);
    expect(output.work.text).toEqual(TEXT);
    expect(output.work.notes.map((each) => [each.sentence, each.kind])).toEqual([
      [1, 'repetition'],
      [0, 'ungrounded'],
      [1, 'ungrounded'],
    ]);
  });
});

describe('revisor', () => {
  const revision = {
    text: TEXT.slice(0, 1),
    changes: [{ originalText: 'The cable costs little.', revisedText: '', reason: 'Off topic.' }],
  };
  const answering =
    (...verdicts: Partial<Verdict>[]): Answering =>
    (ask) => {
      if (ask.type === 'revise') return { status: 'done', value: generated(revision) };
      if (ask.type === 'measure') return { status: 'done', value: measured(verdicts.shift()) };
      throw new Error(`unplanned ask ${ask.type}`);
    };

  it('hands on a sound revision with its change log', () => {
    const { output } = driveStage(revisor.run(WORK), answering({ outcome: 'minor' }));
    expect(output).toMatchObject({ work: { text: revision.text }, fallback: null });
    expect(output.work.changes).toEqual([{ ...revision.changes[0], appliedBy: 'revisor' }]);
  });

  const writersOf = (asks: readonly Ask[]) => asks.flatMap((ask) => ('writer' in ask ? [ask.writer] : []));

  it.each([
    ['one local engine', { primary: 'mvlm/a', firebreak: 'mvlm/a', local: 'mvlm/a' }, ['firebreak']],
    ['a stand-in outside', { primary: 'api', firebreak: 'api', local: 'mvlm/a' }, ['firebreak', 'local']],
    ['a local firebreak', { primary: 'api', firebreak: 'mvlm/a', local: 'mvlm/a' }, ['firebreak', 'primary']],
    [
      'a generative firebreak',
      { primary: 'api', firebreak: 'mvlm/b', local: 'mvlm/a' },
      ['firebreak', 'local', 'primary'],
    ],
  ])('with %s asks each engine once while no text stands, outside last', (_name, writers, order) => {
    const work = { ...WORK, request: aRequest({ writers }) };
    const { asks, output } = driveStage(revisor.run(work), answering(BAD, BAD, BAD));
    expect(writersOf(asks)).toEqual(order);
    expect(output.fallback).toBe('input_unchanged');
  });

  it('names what stood in for the firebreak', () => {
    const work = {
      ...WORK,
      request: aRequest({ writers: { primary: 'api', firebreak: 'api', local: 'mvlm/a' } }),
    };
    const { output } = driveStage(revisor.run(work), answering(BAD, {}));
    expect(output.fallback).toBe('local');
  });

  it('leaves the text unchanged where neither stands', () => {
    const { output } = driveStage(revisor.run(WORK), answering(BAD, BAD));
    expect(output).toMatchObject({ work: { text: TEXT }, fallback: 'input_unchanged' });
    expect(output.work.changes).toEqual([]);
  });
});

describe('summarizer', () => {
  const summary = {
    text: TEXT.slice(0, 1),
    trimmed: [{ text: 'The cable costs little.', reason: 'length' }],
    keywords: ['hotbed heats'],
  };
  const answering =
    (...verdicts: Partial<Verdict>[]): Answering =>
    (ask) => {
      if (ask.type === 'summarize') return { status: 'done', value: generated(summary) };
      if (ask.type === 'measure') return { status: 'done', value: measured(verdicts.shift()) };
      throw new Error(`unplanned ask ${ask.type}`);
    };

  it('asks for the length of the request and measures the keywords with the text', () => {
    const { asks, output } = driveStage(summarizer.run(WORK), answering({}));
    expect(asks[0]).toMatchObject({ writer: 'firebreak', request: { maxWords: 150 } });
    expect(asks[1]).toMatchObject({ output: summary.text, keywords: ['hotbed heats'] });
    expect(output.work).toMatchObject({
      text: summary.text,
      keywords: summary.keywords,
      trimmed: summary.trimmed,
    });
  });

  it('leaves the text unchanged, without keywords, where no summary stands or may be written', () => {
    const denied: Answering = () => ({ status: 'denied', policies: ['p'], message: 'no' });
    for (const answers of [answering(BAD, BAD), denied]) {
      const { output } = driveStage(summarizer.run(WORK), answers);
      expect(output).toMatchObject({ work: { text: TEXT }, fallback: 'input_unchanged' });
      expect(output.work.keywords).toEqual([]);
    }
  });
});

describe('a provider that gives nothing', () => {
  const API = { primary: 'api', firebreak: 'api', local: 'mvlm/a' };
  const failing: Answering = (ask) => {
    if (ask.type === 'measure') return { status: 'done', value: measured() };
    if (ask.type !== 'generate') throw new Error(`unplanned ask ${ask.type}`);
    if (ask.writer === 'primary') return { status: 'failed', code: 'provider.unreachable', message: 'away' };
    return { status: 'done', value: generated(ask.request.task === 'critique' ? [] : TEXT) };
  };

  it.each([drafter, critic])('is replaced by the local engine, and the stage says so', (stage) => {
    const work = { ...WORK, request: aRequest({ writers: API }) };
    const { asks, output } = driveStage(stage.run(work), failing);
    expect(asks.filter((ask) => ask.type === 'generate').map((ask) => ask.writer)).toEqual([
      'primary',
      'local',
    ]);
    expect(output.fallback).toBe('local');
  });

  it.each([drafter, critic])('blocks the stage where there is no other engine', (stage) => {
    expect(() => driveStage(stage.run(WORK), failing)).toThrow('away');
  });
});
