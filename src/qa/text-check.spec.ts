import { checkBody } from './check.schema.js';
import { checkText } from './text-check.js';

const check = (body: Record<string, unknown>) => checkText(checkBody.parse(body));

it('gives spans into the text that was sent', () => {
  const text = 'The pump runs at dawn.\n\nIt cost 90 euros, says anna@garden.example.';
  const report = check({ text, sources: ['The pump runs at dawn.', 'The pump cost 80 euros.'] });
  const invented = report.findings.filter((finding) => finding.kind === 'invented');
  expect(invented.map(({ span }) => text.slice(span.start, span.end))).toContain('90');
  expect(report.sentences.map(({ span }) => text.slice(span.start, span.start + 2))).toEqual(['Th', 'It']);
  expect(report.sentences.map(({ sources }) => sources)).toEqual([[0, 1], [1]]);
  expect(report.sentences[0]!.grounding).toBe(1);
  expect(report.safety_flags).toEqual(['email']);
});

it('compares with nothing where no source is given', () => {
  const report = check({ text: 'Anna paid with 4111 1111 1111 1111. She left.' });
  expect(report.findings.map(({ kind }) => kind)).toEqual(['sensitive']);
  expect(report.scores).toMatchObject({ grounding: null, coverage: null });
  expect(report.scores.qa).toBeGreaterThan(0.5);
});

it.each([
  { text: '' },
  { text: ' \n' },
  { text: 'a'.repeat(100_001) },
  { text: 'a', sources: Array(51).fill('b') },
  { text: 'a', tone: 'angry' },
  { text: 'a', unknown: true },
  { text: 7 },
])('refuses a body out of bounds', (body) => {
  expect(checkBody.safeParse(body).success).toBe(false);
});
