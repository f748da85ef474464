import fc from 'fast-check';
import { checkBody } from './check.schema.js';
import { checkText } from './text-check.js';

const check = (body: Record<string, unknown>) => checkText(checkBody.parse(body));
const kindsOf = ({ findings }: ReturnType<typeof check>) => findings.map(({ kind }) => kind);

it('gives spans into the text that was sent', () => {
  const text = 'The pump runs at dawn.\n\nIt cost 90 euros, says anna@garden.example.';
  const sources = ['Nobody knows why. The pump runs at dawn.', 'The pump cost 80 euros.'];
  const report = check({ text, sources });
  const invented = report.findings.filter((finding) => finding.kind === 'invented');
  expect(invented.map(({ span }) => text.slice(span.start, span.end))).toContain('90');
  expect(report.sentences.map(({ span }) => text.slice(span.start, span.start + 2))).toEqual(['Th', 'It']);
  const supports = report.sentences.map(({ sources: places }) =>
    places.map(({ source, start, end }) => sources[source]!.slice(start, end)),
  );
  expect(supports).toEqual([['The pump runs at dawn.'], ['The pump cost 80 euros.']]);
  expect(report.sentences[0]!.grounding).toBe(1);
  expect(report.safety_flags).toEqual(['email']);
});

it('lists findings in the order of the text', () => {
  const { findings } = check({
    text: 'Anna paid 90 euros. The pump runs with 4111 1111 1111 1111. It never rains.',
    sources: ['The pump runs.'],
  });
  const starts = findings.map(({ span }) => span.start);
  expect(new Set(findings.map(({ kind }) => kind)).size).toBeGreaterThan(2);
  expect(starts).toEqual([...starts].sort((one, other) => one - other));
});

it('compares with nothing where no source is given', () => {
  const report = check({ text: 'Anna paid with 4111 1111 1111 1111. She left.' });
  expect(kindsOf(report)).toEqual(['sensitive']);
  expect(report.scores).toMatchObject({ grounding: null, coverage: null, style: null, voice: null });
  expect(report).toMatchObject({ voice: null, condensation: null });
  expect(report.sentences.map(({ grounding }) => grounding)).toEqual([null, null]);
  expect(report.scores.qa).toBeGreaterThan(0.5);
});

it('compares with the input alone where that is all there is', () => {
  const report = check({
    text: 'The pump costs 90 euros. Order it.',
    input: 'The pump costs 80 euros. Do not order it. The tap drips.',
  });
  expect(new Set(kindsOf(report))).toEqual(new Set(['invented', 'omitted', 'contradiction']));
  expect(report.scores.grounding).toBeNull();
});

it('says what was dropped, by places in the input, though as many sentences came as went', () => {
  const input = 'The pump runs at dawn.  The tap drips all night. Anna waters the beans.';
  for (const text of ['The pump runs at dawn.', 'The pump runs at dawn. A cat. A dog.']) {
    const dropped = check({ text, input }).condensation!.dropped.map(({ start, end }) =>
      input.slice(start, end),
    );
    expect(dropped).toEqual(['The tap drips all night.', 'Anna waters the beans.']);
  }
});

it('repeats no secret, wherever it stands and in however many pieces', () => {
  const report = check({
    text: 'We charge 4111 1111 1111 1111 and never DE89 3704 0044 0532 0130 00 for the pump.',
    sources: ['We charge 5500 0055 5555 5559 for the pump.'],
    input: 'We charge 5500 0055 5555 5559 for the pump, at 378282246310005.',
  });
  expect(report.findings.length).toBeGreaterThan(3);
  const said = JSON.stringify(report.findings);
  for (const piece of ['4111', '1111', '3704', '0532', '5500', '5559', '3782'])
    expect(said).not.toContain(piece);
  expect(said).toContain('[payment_card]');
});

it('names the rules of manner with their places in the text, whatever lies between the sentences', () => {
  const text = 'It is done.\n\n\n  It is great!!! It is really gonna be awesome.';
  const { manner, scores } = check({ text, tone: 'formal', style: 'formal' });
  expect(scores.tone).toBeLessThan(1);
  const places = manner.flatMap(({ places: found }) => found);
  expect(places.map(({ span }) => text.slice(span.start, span.end))).toEqual(
    expect.arrayContaining(['!!!', 'gonna']),
  );
  expect(places.some(({ fix }) => fix !== null)).toBe(true);
  expect(manner.map(({ of }) => of)).toEqual(expect.arrayContaining(['tone', 'style']));
});

it('cites eight sources at the most, with the one that holds the sentence word for word', () => {
  const like = Array.from({ length: 12 }, (_, at) => `At dawn the pump runs, said number ${at}.`);
  const report = check({ text: 'The pump runs at dawn.', sources: [...like, 'The pump runs at dawn.'] });
  expect(report.sentences[0]!.grounding).toBe(1);
});

it('finds a sentence without content where it stands word for word', () => {
  const report = check({ text: 'So it was.', sources: ['The pump.', 'And so on. So it was. Then more.'] });
  expect(report.sentences[0]).toMatchObject({ grounding: 1 });
});

it('says the same whatever is sent, every time, with each span inside the text', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'The pump runs. ',
      'Not 90 euros! ',
      '4111 1111 1111 1111 ',
      '水泵。',
      'מים ',
      '🙂 ',
      '\n\n',
      '```\nx = 1\n',
      '| a | b |\n',
      'gonna ',
      '\u0000',
      '\u202E',
      'anna@garden.example ',
    ),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, pieces, fc.boolean(), (text, other, hasInput) => {
      const body = {
        text: `a${text.join('')}`,
        sources: [other.join('')],
        ...(hasInput ? { input: other.join('') } : {}),
      };
      const report = check(body);
      expect(check(body)).toEqual(report);
      const spans = [
        ...report.findings.map(({ span }) => span),
        ...report.manner.flatMap(({ places }) => places.map(({ span }) => span)),
        ...report.personal_data.map(({ span }) => span),
        ...report.planted_instructions.map(({ span }) => span),
      ];
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(body.text.length);
      }
    }),
    { numRuns: 40 },
  );
});

it.each([
  { text: '' },
  { text: ' \n' },
  { text: 'a'.repeat(100_001) },
  { text: 'a \ud83d' },
  { text: 'a', sources: Array(201).fill('b') },
  { text: 'a', sources: ['b'.repeat(20_001)] },
  { text: 'a', sources: Array(21).fill('b'.repeat(20_000)) },
  { text: 'a', sources: ['\udc00'] },
  { text: 'a', voice_samples: Array(21).fill('b'.repeat(20_000)) },
  { text: 'a', voice_samples: 'mine' },
  { text: 'a', input: 'b'.repeat(100_001) },
  { text: 'a', prompt: 'b'.repeat(4_001) },
  { text: 'a', tone: 'angry' },
  { text: 'a', style: 'baroque' },
  { text: 'a', unknown: true },
  { text: 7 },
])('refuses a body out of bounds', (body) => {
  expect(checkBody.safeParse(body).success).toBe(false);
});
