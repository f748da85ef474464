import { readFileSync } from 'node:fs';
import { ImportService } from '../../src/corpus/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

const MARA = 'mara';
let test: TestApp;
let auth: { authorization: string };

async function query(payload: object, headers: Record<string, string> = {}) {
  return test.app.inject({ method: 'POST', url: '/query', headers: { ...auth, ...headers }, payload });
}

beforeAll(async () => {
  test = await startTestApp();
  auth = await test.authorize(MARA, 'query', 'corpora:read', 'corpora:write');
  const imports = test.app.get(ImportService);
  const actor = { userId: MARA, scopes: [] };
  await imports.run(actor, { corpus: 'personal', path: 'examples/personal/conversations.json' });
  await imports.run(actor, { corpus: 'published', path: 'examples/published' });
  await imports.run(actor, { corpus: 'social', path: 'examples/social' });
});

afterAll(() => test.close());

describe('an answer', () => {
  it('comes from the corpora, sentence by sentence, with its sources and its record', async () => {
    const response = await query({ prompt: 'What did I decide about heating the greenhouse?' });
    expect(response.statusCode).toBe(200);
    const { task_id, agent_role, content, metadata } = response.json();
    expect(agent_role).toBe('summarizer');
    expect(content).toMatch(/greenhouse|heat/i);
    expect(content.split(/\s+/).length).toBeLessThanOrEqual(150);
    const sources = new Map<string, string>(
      metadata.input_sources.map((source: { snippet_id: string; source_text: string }) => [
        source.snippet_id,
        source.source_text.replace(/\s+/g, ' '),
      ]),
    );
    expect(metadata.attribution.length).toBeGreaterThan(0);
    for (const { sentence, snippet_ids } of metadata.attribution) {
      expect(content).toContain(sentence);
      expect(snippet_ids.length).toBeGreaterThan(0);
      for (const id of snippet_ids) expect(sources.get(id)).toContain(sentence);
    }
    expect(metadata).toMatchObject({
      task_id,
      request_id: response.headers['x-request-id'],
      user_id: MARA,
      outcome: 'answered',
      classification: { mode: 'chat', decided_by: 'rule' },
      provider: { name: 'mvlm' },
      cache: null,
      receipt_id: null,
    });
    expect(metadata.stages.map((stage: { role: string }) => stage.role)).toEqual([
      'ideator',
      'drafter',
      'critic',
      'revisor',
      'summarizer',
    ]);
    expect(metadata.policy.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same text for the same question', async () => {
    const prompt = 'What are the rules of the volunteer rota?';
    const [first, second] = [await query({ prompt }), await query({ prompt })];
    expect(second.json().content).toBe(first.json().content);
    expect(second.json().task_id).not.toBe(first.json().task_id);
  });

  it('replays from its journal to the same bytes', async () => {
    const { task_id } = (await query({ prompt: 'How did we get rid of the rats in the compost?' })).json();
    const admin = await test.authorize('root', 'admin');
    const replayed = await test.app.inject({
      method: 'POST',
      url: `/runs/${task_id}/replay`,
      headers: admin,
    });
    expect(replayed.json()).toMatchObject({ task_id, identical: true, difference: null });
    expect(replayed.json().asks).toBeGreaterThan(8);
  });

  it('never holds a sentence of an abandoned branch', async () => {
    const export_ = JSON.parse(readFileSync('examples/personal/conversations.json', 'utf8'));
    const search = await test.app.inject({
      method: 'GET',
      url: '/corpora/personal/search?q=greenhouse%20heating&limit=50',
      headers: auth,
    });
    const kept = new Set<string>();
    for (const { mapping, current_node, conversation_id, id: own } of export_)
      for (let id = current_node; id; id = mapping[id].parent)
        kept.add(`${conversation_id ?? own}:${mapping[id].message?.id}`);
    const ids = search
      .json()
      .hits.map((hit: { attribution: { external_id: string } }) => hit.attribution.external_id);
    expect(ids.length).toBeGreaterThan(3);
    for (const id of ids) expect(kept.has(id)).toBe(true);
  });
});

describe('a question the corpora cannot answer', () => {
  it.each([
    'What is the capital of Mongolia?',
    'What did I pay for the solar panels?',
    'What is my opinion on cryptocurrency?',
  ])('%s', async (prompt) => {
    const response = await query({ prompt });
    expect(response.statusCode).toBe(200);
    const { content, metadata } = response.json();
    expect(metadata.outcome).toBe('insufficient_context');
    expect(metadata.stages).toHaveLength(5);
    expect(metadata.input_sources).toEqual([]);
    expect(content).toMatch(/^I found nothing in your personal, social and published corpora/);
  });

  it('is answered honestly where the corpus is empty', async () => {
    const stranger = await test.authorize('stranger', 'query');
    const response = await query({ prompt: 'What did I decide about heating the greenhouse?' }, stranger);
    expect(response.json().metadata.outcome).toBe('insufficient_context');
  });
});

describe('a person with only a personal corpus', () => {
  it('gets a full run', async () => {
    const response = await query({
      prompt: 'What did I decide about heating the greenhouse?',
      corpora: ['personal'],
    });
    const { metadata } = response.json();
    expect(metadata.outcome).toBe('answered');
    expect(metadata.input_sources.every((source: { corpus: string }) => source.corpus === 'personal')).toBe(
      true,
    );
    expect(metadata.stages.every((stage: { result: string }) => stage.result !== 'skipped')).toBe(true);
  });
});
