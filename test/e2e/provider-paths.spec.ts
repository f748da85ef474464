import { API_KEY, ApiApp } from '../support/api-app.js';
import { expectProblem } from '../support/http.js';
import { block, type StubCall, writeAnswer } from '../support/openai-stub-writer.js';

const CARD = '4111 1111 1111 1111';
const INVENTED = 'The mayor donated a golden zeppelin to our village in 1987.';
const OUTSIDE = { ideator: 1, drafter: 1, critic: 1, revisor: 1, summarizer: 1 };
const LOCAL_FIREBREAK = { ...OUTSIDE, revisor: 0, summarizer: 0 };
const NO_FALLBACK = { ideator: null, drafter: null, critic: null, revisor: null, summarizer: null };

let api: ApiApp;

/** The text of one role with a sentence more, which claims to be from the first snippet. */
function adding(schemaName: string, text: string): (call: StubCall) => string {
  return (call) => {
    const honest = writeAnswer(call);
    if (call.schemaName !== schemaName) return honest;
    const [first] = block<{ id: string }>(call.user, 'SNIPPETS');
    const answer = JSON.parse(honest) as { sentences: object[] };
    const sentence = { text, snippet_ids: [first!.id], paragraph: 0 };
    return JSON.stringify({ ...answer, sentences: [sentence, ...answer.sentences] });
  };
}

/** An outline of which no source holds a word. */
function inventedOutline(user: string): string {
  const [first] = block<{ id: string }>(user, 'SNIPPETS');
  const points = [INVENTED, 'Pirates buried seven violins below the moon.'];
  return JSON.stringify({
    headline: 'What the sources say',
    points: points.map((text) => ({ text, snippet_ids: [first!.id] })),
  });
}

describe('an API that also stands in for the firebreak', () => {
  beforeAll(async () => {
    api = await ApiApp.start();
  });
  afterAll(() => api.stop());

  it('is called once per role, each call on a reservation of its own', async () => {
    api.listen();
    const { calls, fallbacks, metadata } = await api.answered();
    expect(metadata.outcome).toBe('answered');
    expect(calls).toEqual(OUTSIDE);
    expect(fallbacks).toEqual(NO_FALLBACK);
    expect(api.written()).toEqual(['outline', 'draft', 'critique', 'revision', 'summary']);
    expect(api.stub.reservations.size).toBe(5);
  });

  it('is asked for exactly one more outline on a major miss', async () => {
    let outlines = 0;
    api.listen((call) => {
      if (call.schemaName !== 'outline') return writeAnswer(call);
      return outlines++ === 0 ? inventedOutline(call.user) : writeAnswer(call);
    });
    const { content, calls } = await api.answered();
    expect(calls).toEqual({ ...OUTSIDE, ideator: 2 });
    expect(api.written().filter((name) => name === 'outline')).toHaveLength(2);
    expect(api.stub.reservations.size).toBe(6);
    expect(api.stub.calls[1]?.user).toContain(INVENTED);
    expect(content).not.toContain('zeppelin');
  });

  it('is not asked for a third outline where the second is no better', async () => {
    api.listen((call) => (call.schemaName === 'outline' ? inventedOutline(call.user) : writeAnswer(call)));
    const { content, calls } = await api.answered();
    expect(calls).toEqual({ ...OUTSIDE, ideator: 2 });
    expect(api.written().filter((name) => name === 'outline')).toHaveLength(2);
    expect(content).not.toContain('zeppelin');
  });

  it.each(['draft', 'revision', 'summary'])('delivers nothing that its %s invents', async (schemaName) => {
    api.listen(adding(schemaName, INVENTED));
    const { content, metadata } = await api.answered();
    expect(api.written()).toContain(schemaName);
    expect(content).not.toContain('zeppelin');
    expect(content).not.toBe('');
    expect(metadata.attribution.map(({ sentence }) => sentence)).not.toContain(INVENTED);
  });

  it.each([
    ['outline', 'ideator'],
    ['draft', 'drafter'],
    ['critique', 'critic'],
    ['revision', 'revisor'],
    ['summary', 'summarizer'],
  ])('is replaced by the local engine where its %s is not what was asked for', async (schemaName, role) => {
    const sentences = [{ text: 'The greenhouse is heated.', snippet_ids: ['no-such-snippet'], paragraph: 0 }];
    const unknown: Record<string, object> = {
      outline: { headline: 'Heat', points: [{ text: 'Heat.', snippet_ids: ['no-such-snippet'] }] },
      draft: { sentences },
      critique: { notes: 'none' },
      revision: { sentences, changes: [] },
      summary: { sentences, keywords: [] },
    };
    api.listen((call) =>
      call.schemaName === schemaName ? JSON.stringify(unknown[schemaName]) : writeAnswer(call),
    );
    const { calls, fallbacks } = await api.answered();
    expect(fallbacks).toEqual({ ...NO_FALLBACK, [role]: 'local' });
    expect(calls).toEqual(OUTSIDE);
    expect(api.stub.reservations.size).toBe(5);
  });

  it('has a draft with a card number held, and asks for no more', async () => {
    api.listen(adding('draft', `The card is ${CARD}.`));
    const response = await api.ask();
    const problem = expectProblem(response, 422, 'governance.held');
    expect(problem).toMatchObject({ held_by: 'drafter', reasons: expect.arrayContaining(['sensitive']) });
    expect(response.body).not.toContain('4111');
    expect(api.written()).toEqual(['outline', 'draft']);
  });

  it('keeps its key to itself', async () => {
    api.listen();
    for (const path of ['/providers', '/health', '/pipeline/summary', '/usage?owner=mara']) {
      const { statusCode, body } = await api.admin.get(path);
      expect({ path, statusCode }).toEqual({ path, statusCode: 200 });
      expect(body).not.toContain(API_KEY);
    }
    expect((await api.admin.get('/providers')).json().providers[0]).toMatchObject({ name: 'openai' });
    expect((await api.ask()).body).not.toContain(API_KEY);
    expect(api.stub.requests.at(-1)?.headers.authorization).toBe(`Bearer ${API_KEY}`);
  });
});

describe('an API with a local firebreak', () => {
  beforeAll(async () => {
    api = await ApiApp.start({ FIREBREAK_PROVIDER: 'mvlm' });
  });
  afterAll(() => api.stop());

  it('is called once for each role before the firebreak, and not behind it', async () => {
    api.listen();
    const { calls, fallbacks } = await api.answered();
    expect(calls).toEqual(LOCAL_FIREBREAK);
    expect(fallbacks).toEqual(NO_FALLBACK);
    expect(api.written()).toEqual(['outline', 'draft', 'critique']);
    expect(api.stub.reservations.size).toBe(3);
  });
});
