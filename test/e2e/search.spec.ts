import { DocumentWriter } from '../../src/corpus/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

let test: TestApp;
let mara: TestClient;

beforeAll(async () => {
  test = await startTestApp();
  mara = new TestClient(test, await test.authorize('mara', 'corpora:read'));
  const turn = (externalId: string, text: string, minute: number, authorName: string) => ({
    externalId,
    threadId: 'talk',
    authorRole: 'other' as const,
    authorName,
    title: null,
    text,
    url: null,
    createdAt: `2025-05-07T08:0${minute}:00.000Z`,
    tags: [],
    attachments: [],
  });
  await test.app.get<DocumentWriter>(DocumentWriter).write({
    ownerId: 'mara',
    corpus: 'personal',
    source: 'notes',
    documents: [
      turn('q', 'How many crates of quinces were there?', 0, 'Anna'),
      turn('a', 'Seventeen, write to anna@example.org.', 1, 'Bert'),
    ],
  });
});

afterAll(() => test.close());

async function search(parameters: string) {
  const response = await mara.get(`/corpora/personal/search?${parameters}`);
  return response.json();
}

it('explains each score on request, and says only what matched otherwise', async () => {
  const plain = await search('q=quinces%20crates');
  expect(plain.hits[0].reasons).toEqual({ matched_terms: ['quinc', 'crate'] });
  for (const { score, reasons } of (await search('q=quinces%20crates&explain=true')).hits) {
    const sum = reasons.bm25 + reasons.related_words + reasons.thread;
    const product = reasons.factors.reduce(
      (value: number, factor: { value: number }) => value * factor.value,
      sum,
    );
    expect(score).toBe(Math.round(product * 1e6) / 1e6);
  }
});

it('shows an answer with its question, its author and what was flagged', async () => {
  const { hits } = await search('q=quinces%20crates');
  expect(hits.map((hit: { attribution: { external_id: string } }) => hit.attribution.external_id)).toEqual([
    'q',
    'a',
  ]);
  expect(hits[1]).toMatchObject({
    attribution: { author_name: 'Bert', language: null },
    context: { text: 'How many crates of quinces were there?', author_role: 'other', author_name: 'Anna' },
    flags: ['pii:email'],
  });
});

it('filters by author and language and refuses what is neither', async () => {
  expect((await search('q=quinces&author_name=anna')).hits).toHaveLength(1);
  expect((await search('q=quinces&author_name=Carla')).hits).toEqual([]);
  expect((await search('q=quinces&language=de')).hits).toEqual([]);
  expectProblem(
    await mara.get('/corpora/personal/search?q=quinces&language=german'),
    400,
    'http.invalid_input',
  );
});
