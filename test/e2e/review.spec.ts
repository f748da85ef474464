import { ImportService } from '../../src/corpus/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

const CARD = '4111 1111 1111 1111';
let test: TestApp;
let owner: { authorization: string };
let reviewer: { authorization: string };

async function holdOne(): Promise<string> {
  const response = await test.app.inject({
    method: 'POST',
    url: '/query',
    headers: owner,
    payload: { prompt: 'What message did I write to pay the nursery deposit?' },
  });
  expect(response.statusCode).toBe(422);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.body).not.toContain('4111');
  const problem = response.json();
  expect(problem).toMatchObject({ code: 'governance.held', reasons: ['sensitive'] });
  return problem.task_id;
}

function read(taskId: string, headers: { authorization: string }) {
  return test.app.inject({ method: 'GET', url: `/runs/${taskId}`, headers });
}

function decide(taskId: string, payload: object, headers = reviewer) {
  return test.app.inject({ method: 'POST', url: `/runs/${taskId}/decision`, headers, payload });
}

beforeAll(async () => {
  test = await startTestApp();
  owner = await test.authorize('mara', 'query');
  reviewer = await test.authorize('rita', 'review');
  await test.app
    .get(ImportService)
    .run(
      { userId: 'mara', scopes: [] },
      { corpus: 'personal', path: 'examples/personal/conversations.json' },
    );
});

afterAll(() => test.close());

describe('a held run', () => {
  it('shows its text to a reviewer only, and each such read is audited', async () => {
    const taskId = await holdOne();
    const mine = await read(taskId, owner);
    expect(mine.statusCode).toBe(200);
    expect(mine.body).not.toContain('4111');
    expect(mine.json()).toMatchObject({ state: 'held', content: null, metadata: null });
    const admins = await read(taskId, await test.authorize('root', 'admin'));
    expect(admins.body).not.toContain('4111');
    expect(admins.json().prompt).toBeUndefined();
    const whole = await read(taskId, reviewer);
    expect(whole.json().held.text).toContain(CARD);
  });

  it('becomes the answer when the exact text is approved', async () => {
    const taskId = await holdOne();
    const { held } = (await read(taskId, reviewer)).json();
    const wrong = await decide(taskId, { decision: 'approve', text_sha256: '0'.repeat(64) });
    expect(wrong.statusCode).toBe(409);
    expect(wrong.json().code).toBe('pipeline.text_mismatch');
    const right = await decide(taskId, {
      decision: 'approve',
      text_sha256: held.sha256,
      comment: 'A test card.',
    });
    expect(right.statusCode).toBe(200);
    const mine = (await read(taskId, owner)).json();
    expect(mine).toMatchObject({ state: 'succeeded', content: held.text });
    expect(mine.review).toMatchObject({ decision: 'approve', reviewer: 'rita' });
  });

  it('is gone for good when rejected, and decided once', async () => {
    const taskId = await holdOne();
    const { held } = (await read(taskId, reviewer)).json();
    const decision = { decision: 'reject', text_sha256: held.sha256 };
    expect((await decide(taskId, decision)).statusCode).toBe(200);
    expect((await read(taskId, owner)).json()).toMatchObject({ state: 'rejected', content: null });
    const again = await decide(taskId, { ...decision, decision: 'approve' });
    expect(again.statusCode).toBe(409);
    expect(again.json().code).toBe('pipeline.wrong_state');
  });

  it('cannot be decided without the scope', async () => {
    const taskId = await holdOne();
    const refused = await decide(taskId, { decision: 'approve', text_sha256: '0'.repeat(64) }, owner);
    expect(refused.statusCode).toBe(403);
  });
});
