import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, importText, TestClient } from '../support/http.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { writeAnswer } from '../support/openai-stub-writer.js';

const CARD = '4111 1111 1111 1111';
const PASSWORD = 'blue7horse';
const ALL_LOCAL = {
  ideator: 'local',
  drafter: 'local',
  critic: 'local',
  revisor: 'local',
  summarizer: 'local',
};
const ROLES = Object.keys(ALL_LOCAL);

let stub: OpenAiStub;
let test: TestApp;

interface Stage {
  readonly role: string;
  readonly external_calls: number;
  readonly fallback: string | null;
}

beforeAll(async () => {
  stub = await OpenAiStub.start();
  test = await startTestApp({
    GEN_PROVIDER: 'openai',
    OPENAI_BASE_URL: stub.baseUrl,
    OPENAI_API_KEY: 'test-key-not-to-be-shown',
    OPENAI_MAX_RETRIES: '0',
  });
});
afterAll(async () => {
  await test.close();
  await stub.stop();
});
beforeEach(() => {
  stub.bodies = [];
  stub.write = writeAnswer;
});

/** A new owner with these texts. */
async function owner(userId: string, ...texts: readonly string[]): Promise<TestClient> {
  const scopes = ['query', 'corpora:read', 'corpora:write'] as const;
  const client = new TestClient(test, await test.authorize(userId, ...scopes));
  for (const text of texts) await importText(client, 'personal', text);
  return client;
}

/** An answer's stages by role. */
async function answered(client: TestClient, prompt: string) {
  const response = await client.post('/query', { prompt });
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  const { content, metadata } = response.json<{
    content: string;
    metadata: { stages: readonly Stage[]; tone_flags: { safety_flags: readonly string[] } };
  }>();
  const of = (key: keyof Stage) =>
    Object.fromEntries(metadata.stages.map((stage) => [stage.role, stage[key]]));
  const flags = metadata.tone_flags.safety_flags;
  return { content, flags, calls: of('external_calls'), fallbacks: of('fallback') };
}

const sent = () => stub.bodies.join('\n');
const NO_CALLS = Object.fromEntries(ROLES.map((role) => [role, 0]));
const SAUNA = 'I heat the sauna with birch wood on Fridays. The stove takes two hours.';

describe('what goes to an API outside', () => {
  it('is the prompt and what was found, with ways to reach a person', async () => {
    const client = await owner('ida', `${SAUNA} Ask ida@sauna.example for the sauna key.`);
    const { content, calls, flags } = await answered(client, 'How do I heat the sauna?');
    expect(Object.values(calls)).not.toContain(0);
    expect(sent()).toContain('birch wood');
    expect(sent()).toContain('ida@sauna.example');
    expect(content).toContain('ida@sauna.example');
    expect(flags).toEqual(['email']);
  });

  it('is nothing where the prompt holds a secret: this machine writes', async () => {
    const client = await owner('olaf', SAUNA);
    const prompt = `How do I heat the sauna with birch wood on Fridays? (password: ${PASSWORD})`;
    const { content, calls, fallbacks } = await answered(client, prompt);
    expect(content).toContain('birch wood');
    expect(fallbacks).toEqual(ALL_LOCAL);
    expect(calls).toEqual(NO_CALLS);
    expect(stub.bodies).toEqual([]);
  });

  it('is nothing where a found text holds a card number, and the answer without it is released', async () => {
    const client = await owner(
      'mette',
      `${SAUNA} Rent for the boat is due in May, and ${CARD} is the card that I pay it with.`,
    );
    const { content, calls, fallbacks } = await answered(client, 'How do I heat the sauna with birch wood?');
    expect(content).toContain('birch wood');
    expect(content).not.toContain('4111');
    expect(fallbacks).toEqual(ALL_LOCAL);
    expect(calls).toEqual(NO_CALLS);
    expect(stub.bodies).toEqual([]);
  });

  it('is nothing where the answer itself is the card number, which is held for a person', async () => {
    const client = await owner('nils', `The card for the sauna is ${CARD}.`);
    const response = await client.post('/query', { prompt: 'What is the card for the sauna?' });
    expectProblem(response, 422, 'governance.held');
    expect(response.body).not.toContain('4111');
    expect(stub.bodies).toEqual([]);
  });

  it('is told to administrators as a denial by its policy', async () => {
    const client = await owner('rune', SAUNA);
    await client.post('/query', { prompt: `How do I heat the sauna? My password: ${PASSWORD}` });
    const admin = new TestClient(test, await test.authorize('root', 'admin'));
    const summary = await admin.get('/pipeline/summary');
    expect(summary.body).toContain('no-secrets-outside');
  });
});

describe('an import', () => {
  it('tags what it finds in the texts, and a search finds them by it', async () => {
    const client = await owner('tove', `The card for the sauna is ${CARD}.`, SAUNA);
    const hits = async (tag: string) =>
      (await client.get(`/corpora/personal/search?q=sauna&tag=${tag}`)).json<{ hits: unknown[] }>().hits;
    expect(await hits('pii:payment_card')).toHaveLength(1);
    expect(await hits('pii:email')).toEqual([]);
  });
});
