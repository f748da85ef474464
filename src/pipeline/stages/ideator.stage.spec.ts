import {
  aRequest,
  aSearchResult,
  aSnippet,
  cited,
  generated,
  measured,
  ungrounded,
} from '../../../test/support/pipeline-values.js';
import { type Answering, driveStage } from '../../../test/support/stage-driver.js';
import type { Verdict } from '../../governance/index.js';
import { newWork } from '../work.js';
import { ideator } from './ideator.stage.js';

const FOUND = aSnippet('s1', 'I decided to heat the greenhouse with a hotbed.');
const STEMS = ['decid', 'greenhous', 'heat'];
const POINTS = cited(['I decided to heat the greenhouse with a hotbed.', 's1'], ['A second point.', 's1']);

function answering(verdict: Partial<Verdict>, snippets = [FOUND]): Answering {
  return (ask) => {
    if (ask.type === 'search') return { status: 'done', value: aSearchResult(snippets, STEMS) };
    if (ask.type === 'measure') return { status: 'done', value: measured(verdict) };
    if (ask.type === 'generate')
      return { status: 'done', value: generated({ headline: 'heat', points: POINTS }) };
    throw new Error(`unplanned ask ${ask.type}`);
  };
}

const run = (answers: Answering, request = aRequest()) => driveStage(ideator.run(newWork(request)), answers);

describe('ideator', () => {
  it('searches every corpus of the request side by side and outlines what it found', () => {
    const { asks, output } = run(answering({}), aRequest({ corpora: ['personal', 'published'] }));
    expect(asks.map((ask) => ask.type)).toEqual(['search', 'search', 'generate', 'measure']);
    expect(output.work.pack.snippets.map((snippet) => snippet.id)).toEqual(['s1']);
    expect(output.work.text).toEqual(POINTS);
  });

  it('mends a minor miss itself, without another call', () => {
    const { asks, output } = run(answering({ outcome: 'minor', findings: [ungrounded(1)] }));
    expect(asks.filter((ask) => ask.type === 'generate')).toHaveLength(1);
    expect(output.work.text).toEqual(POINTS.slice(0, 1));
  });

  it('answers a major miss with exactly one more outline that avoids what was found', () => {
    const { asks } = run(answering({ outcome: 'major', findings: [ungrounded(1)] }));
    const outlines = asks.filter((ask) => ask.type === 'generate');
    expect(outlines).toHaveLength(2);
    expect(outlines[1]).toMatchObject({ request: { avoid: ['A second point.'] } });
  });

  it('leaves out the least supported point where the outline is grounded a little too low', () => {
    const low: Answering = (ask, index) => {
      if (ask.type !== 'measure') return answering({})(ask, index);
      const value = measured({ outcome: 'minor', missed: [{ score: 'grounding', shortfall: 0.02 }] });
      const support = [0.9, 0.5].map((score, sentence) => ({ sentence, snippetIds: ['s1'], score }));
      return { status: 'done', value: { ...value, report: { ...value.report, support } } };
    };
    expect(run(low).output.work.text).toEqual(POINTS.slice(0, 1));
  });

  it('flags that something was left out because it addresses a model', () => {
    const planted: Answering = (ask, index) =>
      ask.type === 'search'
        ? { status: 'done', value: { ...aSearchResult([FOUND], STEMS), excluded: ['s2'] } }
        : answering({})(ask, index);
    expect(run(planted).output.work.safetyFlags).toEqual(['planted_instruction_excluded']);
  });

  it('says so where nothing is found, and asks for nothing more', () => {
    const { asks, output } = run(answering({}, []));
    expect(asks.map((ask) => ask.type)).toEqual(['search']);
    expect(output.work.outcome).toBe('insufficient_context');
  });

  it('goes on without a corpus it may not search', () => {
    const denied: Answering = (ask, index) =>
      ask.type === 'search' && ask.corpus === 'social'
        ? { status: 'denied', policies: ['p'], message: 'no' }
        : answering({})(ask, index);
    const { output } = run(denied, aRequest({ corpora: ['personal', 'social'] }));
    expect(output.work.outcome).toBe('answered');
  });

  it('is blocked where it may not write', () => {
    const denied: Answering = (ask, index) =>
      ask.type === 'generate'
        ? { status: 'denied', policies: ['p'], message: 'not now' }
        : answering({})(ask, index);
    expect(() => run(denied)).toThrow('not now');
  });
});
