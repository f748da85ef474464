import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/audit/index.js';
import { VoiceProfiles } from '../../src/corpus/index.js';
import { chatty, stately, textsBy } from '../../src/qa/voice/writers.fixture.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, finishedImport, TestClient } from '../support/http.js';

interface Voice {
  readonly register: string;
  readonly status: string;
  readonly texts: number;
  readonly words: number;
  readonly words_missing: number;
  readonly habits: { readonly per_100_words: Record<string, number> } | null;
}

let test: TestApp;
let alice: TestClient;
let bob: TestClient;
let admin: TestClient;

beforeAll(async () => {
  test = await startTestApp();
  const client = async (user: string, scopes: Parameters<TestApp['authorize']>[1][]) =>
    new TestClient(test, await test.authorize(user, ...scopes));
  alice = await client('alice', ['query', 'corpora:read', 'corpora:write']);
  bob = await client('bob', ['query', 'corpora:read', 'corpora:write']);
  admin = await client('root', ['admin', 'corpora:read', 'corpora:write']);
});

afterAll(() => test.close());

async function voices(client: TestClient, query = ''): Promise<Voice[]> {
  const response = await client.get(`/voice${query}`);
  expect(response.statusCode).toBe(200);
  return response.json<{ voices: Voice[] }>().voices;
}

async function importNote(client: TestClient, corpus: string, filename: string, text: string) {
  const url = `/corpora/${corpus}/import?filename=${filename}`;
  return finishedImport(client, await client.post(url, text, { 'content-type': 'text/plain' }));
}

async function trail(action: string): Promise<unknown[]> {
  await test.app.get(AuditLog).flush();
  return test.app
    .get<DataSource>(DataSource)
    .query(`SELECT actor, resource, outcome, details FROM audit_events WHERE action = $1 ORDER BY id`, [
      action,
    ]);
}

describe('a voice', () => {
  it('is learned by an import, from own words only, and shown in plain figures', async () => {
    expect(await voices(alice)).toEqual([]);
    const bytes = readFileSync('examples/personal/conversations.json');
    const started = await alice.post('/corpora/personal/import', bytes, {
      'content-type': 'application/json',
    });
    await finishedImport(alice, started);
    const [chat, ...others] = await voices(alice);
    expect(others).toEqual([]);
    expect(chat).toMatchObject({
      register: 'chat',
      corpus: 'personal',
      version: 1,
      status: 'ready',
      words_missing: 0,
      updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
      habits: {
        words_per_sentence: expect.any(Number),
        per_100_words: { contraction: expect.any(Number), i_me_my: expect.any(Number) },
        sentence_lengths: expect.arrayContaining([
          { from_words: 1, to_words: 3, share: expect.any(Number) },
          { from_words: 7, to_words: 10, share: expect.any(Number) },
          { from_words: 48, to_words: null, share: expect.any(Number) },
        ]),
        openers: expect.arrayContaining([{ word: expect.any(String), share: expect.any(Number) }]),
      },
    });
    const { corpora } = (await alice.get('/corpora')).json();
    expect(chat!.texts).toBe(corpora[0].by_author_role.self);
    expect(corpora[0].by_author_role.assistant).toBeGreaterThan(0);
  });

  it('of too little says how much is missing', async () => {
    await importNote(alice, 'social', 'first.txt', 'I went to the harbour, and it was fun.');
    const post = (await voices(alice)).find(({ register }) => register === 'post');
    expect(post).toMatchObject({ status: 'too_little', words: 9, words_missing: 1_491, habits: null });
  });

  it('is shown to nobody else; an admin names the owner and is written down', async () => {
    expect(await voices(bob)).toEqual([]);
    expectProblem(await bob.get('/voice?owner=alice'), 403, 'auth.foreign_owner');
    expectProblem(await bob.delete('/voice/chat?owner=alice'), 403, 'auth.foreign_owner');
    expectProblem(await bob.post('/voice/chat/rebuild?owner=alice'), 403, 'auth.foreign_owner');
    expectProblem(await bob.delete('/voice/chat'), 404, 'corpus.voice_unknown');
    expectProblem(await bob.post('/voice/chat/rebuild'), 404, 'corpus.voice_unknown');
    expect(await voices(admin)).toEqual([]);
    expect(await voices(admin, '?owner=alice')).toHaveLength(2);
    expect(await trail('owner.act_for')).toContainEqual(
      expect.objectContaining({ actor: 'root', resource: 'alice', outcome: 'allowed' }),
    );
  });

  it('forgets a document that is deleted', async () => {
    const before = (await voices(alice))[0]!;
    await importNote(alice, 'personal', 'zander.txt', 'I have named my new boat the Zanderling.');
    expect((await voices(alice))[0]!.words).toBe(before.words + 8);
    const { hits } = (await alice.get('/corpora/personal/search?q=Zanderling')).json();
    await alice.delete(`/corpora/personal/documents/${hits[0].attribution.document_id}`);
    expect((await voices(alice))[0]).toEqual({ ...before, updated_at: expect.any(String) });
    const profile = await test.app.get(VoiceProfiles).find('alice', 'chat');
    expect(JSON.stringify(profile)).not.toContain('Zanderling');
  });

  it('is deleted and stays so until it is asked for', async () => {
    const before = (await voices(alice))[0]!;
    expect((await alice.delete('/voice/chat')).statusCode).toBe(204);
    expectProblem(await alice.delete('/voice/chat'), 404, 'corpus.voice_unknown');
    expect((await voices(alice)).map(({ register }) => register)).toEqual(['post']);
    expect(await test.app.get(VoiceProfiles).find('alice', 'chat')).toBeNull();
    const response = await alice.post('/voice/chat/rebuild');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ ...before, updated_at: expect.any(String) });
    const event = { actor: 'alice', resource: 'voices/chat', outcome: 'done', details: { owner: 'alice' } };
    expect(await trail('voice.delete')).toEqual([event]);
    expect(await trail('voice.rebuild')).toEqual([event]);
  });

  it('tells one writer from another', async () => {
    const long = (writer: typeof chatty) => textsBy(writer, 1, 300)[0]!;
    await importNote(bob, 'published', 'chatty.txt', long(chatty));
    await importNote(bob, 'social', 'stately.txt', long(stately));
    const contractions = (await voices(bob)).map(({ habits }) => habits!.per_100_words['contraction']!);
    expect(contractions[0]).toBe(0);
    expect(contractions[1]).toBeGreaterThan(5);
  });
});

describe('a request that is wrong', () => {
  it.each(['poem', 'Chat', 'chat%00'])('names no register: %s', async (register) => {
    expect((await alice.delete(`/voice/${register}`)).statusCode).toBe(400);
    expect((await alice.post(`/voice/${register}/rebuild`)).statusCode).toBe(400);
  });

  it('lacks the right to it', async () => {
    const reader = new TestClient(test, await test.authorize('alice', 'query', 'corpora:read'));
    expect((await reader.get('/voice')).statusCode).toBe(200);
    expectProblem(await reader.delete('/voice/chat'), 403, 'auth.scope_missing');
    expectProblem(await reader.post('/voice/chat/rebuild'), 403, 'auth.scope_missing');
    const asker = new TestClient(test, await test.authorize('alice', 'query'));
    expectProblem(await asker.get('/voice'), 403, 'auth.scope_missing');
  });
});
