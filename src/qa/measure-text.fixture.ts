import type { CitedSentence, Snippet } from '../shared/index.js';
import { measureText } from './measure-text.js';
import type { QaInput, QaReport } from './report.js';

export const snippet = (id: string, text: string, authorRole: 'self' | 'assistant' = 'self'): Snippet => ({
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

export const cited = (...texts: string[]): CitedSentence[] =>
  texts.map((text) => ({ text, snippetIds: ['a'], paragraph: 0 }));

export const measure = (
  output: readonly CitedSentence[],
  source: string,
  rest: Partial<QaInput> = {},
): QaReport =>
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

export const found = (report: QaReport, kind: string) =>
  report.findings.filter((finding) => finding.kind === kind).map((finding) => finding.evidence);

/** A short text with every kind of hard fact. */
export const SOURCE =
  'We moved the greenhouse budget to 1,200 euros on March 5, 2024. Nina Albrecht did not approve the second pump. ' +
  'If the tomatoes survive April, we will plant twelve more. She said "water at dawn" on https://garden.example/log.';
