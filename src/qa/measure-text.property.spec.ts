import fc from 'fast-check';
import type { CitedSentence, Snippet } from '../shared/index.js';
import { AnalysisMemo } from './analysis/analysis-memo.js';
import { measureText } from './measure-text.js';
import type { QaInput, QaReport } from './report.js';

const snippet = (id: string, text: string, authorRole: 'self' | 'assistant' = 'self'): Snippet => ({
  id,
  text,
  score: 1,
  attribution: {
    documentId: `document-${id}`,
    corpus: 'personal',
    source: 'markdown',
    externalId: id,
    threadId: null,
    authorRole,
    title: null,
    url: null,
    timestamp: null,
    span: { start: 0, end: text.length },
    documentHash: '0'.repeat(64),
  },
});

const cited = (...texts: string[]): CitedSentence[] =>
  texts.map((text) => ({ text, snippetIds: ['a'], paragraph: 0 }));

const measure = (output: readonly CitedSentence[], source: string, rest: Partial<QaInput> = {}): QaReport =>
  measureText({
    prompt: '',
    conceptWeights: new Map(),
    output,
    input: null,
    snippets: [snippet('a', source)],
    tone: 'neutral',
    keywords: [],
    ...rest,
  });

const found = (report: QaReport, kind: string) =>
  report.findings.filter((finding) => finding.kind === kind).map((finding) => finding.evidence);

const SOURCE =
  'We moved the greenhouse budget to 1,200 euros on March 5, 2024. Nina Albrecht did not approve the second pump. ' +
  'If the tomatoes survive April, we will plant twelve more. She said "water at dawn" on https://garden.example/log.';
describe('what holds for every text', () => {
  const subject = fc.constantFrom('The gardener', 'Nina Albrecht', 'Our pump', 'The old ladder');
  const verb = fc.constantFrom('did not open', 'could not reach', 'has not seen');
  const object = fc.constantFrom('the greenhouse door', 'the northern wall', 'the seed box', 'the tall gate');
  const denial = fc.tuple(subject, verb, object).map((parts) => `${parts.join(' ')} in April.`);

  it('finds a negation that was removed', () => {
    fc.assert(
      fc.property(denial, (sentence) => {
        const report = measure(cited(sentence.replace(' not', '')), sentence, { input: cited(sentence) });
        expect(found(report, 'contradiction')).toHaveLength(1);
        expect(found(report, 'omitted')).toEqual(['not']);
      }),
    );
  });

  it('finds a number that was added', () => {
    fc.assert(
      fc.property(denial, fc.integer({ min: 2, max: 1_000_000 }), (sentence, number) => {
        const report = measure(cited(sentence.replace(' in April', ` ${number} times in April`)), sentence);
        expect(found(report, 'invented')).toContain(String(number));
      }),
    );
  });

  it('gives the same report whatever was read before in the run', () => {
    const memo = new AnalysisMemo();
    const output = cited('We moved the budget to 1,300 euros.', 'Oskar did approve the pump.');
    const first = measure(output, SOURCE, { memo });
    expect(measure(output, SOURCE, { memo })).toEqual(first);
    expect(measure(output, SOURCE)).toEqual(first);
  });

  it.each([
    ['', 'unknown'],
    ['Word', 'unknown'],
    ['🎉 🎉', 'unknown'],
    ['Die Pumpe läuft und der Garten ist nass.', 'other'],
    ['泵在黎明时运行。', 'other'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'unknown'],
    ['\ud800\udc00\ud800', 'unknown'],
    ['PUMPS RUN AT DAWN AND THEY ARE LOUD', 'en'],
  ])('measures %j', (text, language) => {
    const report = measure(cited(text), text);
    expect(report.language).toBe(language);
    expect(report.scores.grounding).toBe(1);
  });
});
