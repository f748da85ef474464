import { CreateVoices1763800700000 } from '../../migrations/1763800700000-CreateVoices.js';
import type { Cache } from '../../src/cache/index.js';
import { DocumentRepository } from '../../src/corpus/documents/document.repository.js';
import { contentHashOf } from '../../src/corpus/documents/document-content.js';
import type { ImportedDocument } from '../../src/corpus/documents/imported-document.js';
import type { PostgresDocumentWriter } from '../../src/corpus/documents/postgres-document.writer.js';
import { StaleVoices } from '../../src/corpus/voice/stale-voices.js';
import { VoiceRepository } from '../../src/corpus/voice/voice.repository.js';
import { levelOf } from '../../src/corpus/voice/voice-choice.js';
import { VoiceProfiles } from '../../src/corpus/voice/voice-profiles.js';
import { profileOf, type VoiceRegister } from '../../src/qa/index.js';
import { chatty, stately, textsBy } from '../../src/qa/voice/writers.fixture.js';
import { type CorpusName, SystemClock } from '../../src/shared/index.js';
import type { TestDatabase } from '../support/database.js';
import { documentWriterOn } from '../support/document-writer.js';
import { FORGETFUL } from '../support/forgetful-cache.js';

type Open = () => Promise<TestDatabase>;

const TEXTS = textsBy(chatty, 12, 5);
const OTHERS = textsBy(stately, 12, 5);

/** What the store of voices promises, whichever database it stands on. */
export function describeVoiceStore(open: Open): void {
  let store: VoiceStore;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const database = await open();
    store = new VoiceStore(database);
    close = database.close;
  });
  afterAll(() => close());
  beforeEach(() => store.clear());

  describe('learning', () => describeLearning(() => store));
  describe('unlearning', () => describeUnlearning(() => store));
  describe('bounds and versions', () => describeBounds(() => store));
  describe('keeping', () => describeKeeping(() => store));
  describe('a voice for a run', () => describeRuns(() => store));
}

function describeLearning(current: () => VoiceStore): void {
  it('batch by batch gives what all texts at once give', async () => {
    const store = current();
    for (let at = 0; at < TEXTS.length; at += 5) await store.write(notes(TEXTS.slice(at, at + 5), at));
    const learned = await store.voices.find('alice', 'chat');
    expect(learned).toEqual(profileOf('chat', TEXTS));
    expect(await store.voices.relearn('alice', 'chat')).toBe(true);
    expect(await store.voices.find('alice', 'chat')).toEqual(learned);
  });

  it('does not depend on the order, nor on who writes at the same time', async () => {
    const store = current();
    await Promise.all(
      [3, 2, 1, 0].map((part) => store.write(notes(TEXTS.slice(part * 3, part * 3 + 3), part * 3))),
    );
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
  });

  it('takes own words only: of no other author, quoted from none, and no code', async () => {
    const store = current();
    const roles = ['assistant', 'system', 'tool', 'other'] as const;
    await store.write([
      ...roles.map((authorRole, at) => note(`r${at}`, OTHERS[at]!, { authorRole })),
      ...notes(TEXTS.map((text, at) => `${text}\n> ${OTHERS[at]}\n\`\`\`\n${OTHERS[at]}\n\`\`\``)),
    ]);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
  });

  it('keeps owners and registers apart', async () => {
    const store = current();
    await store.write(notes(TEXTS));
    await store.write(notes(OTHERS), { corpus: 'published' });
    await store.write(notes(OTHERS), { ownerId: 'bob' });
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
    expect(await store.voices.find('alice', 'article')).toEqual(profileOf('article', OTHERS));
    expect(await store.voices.find('bob', 'chat')).toEqual(profileOf('chat', OTHERS));
    expect(await store.voices.find('alice', 'post')).toBeNull();
    expect(await store.voices.find('carol', 'chat')).toBeNull();
  });

  it('learns nothing from the same documents again', async () => {
    const store = current();
    await store.write(notes(TEXTS));
    const before = await store.rows();
    await store.write(notes(TEXTS));
    expect(await store.rows()).toEqual(before);
  });
}

function describeUnlearning(current: () => VoiceStore): void {
  const SECRET = 'So I told her about quincewater, and that was that.';

  it('drops the words of a deleted document at once, and learns the rest anew', async () => {
    const store = current();
    await store.write([...notes(TEXTS), note('secret', SECRET)]);
    expect(await store.rows()).toMatchObject([
      { is_stale: false, profile: expect.stringContaining('quincewater') },
    ]);
    await store.delete('secret');
    expect(await store.rows()).toMatchObject([{ is_stale: true, profile: null, words: 0 }]);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
    expect(await store.rows()).toMatchObject([{ is_stale: false }]);
  });

  it('keeps a voice when what others wrote is deleted or rewritten', async () => {
    const store = current();
    const answer = (text: string) => note('answer', text, { authorRole: 'assistant' });
    await store.write([...notes(TEXTS), answer('Frost.')]);
    const before = await store.rows();
    await store.write([answer('Snow.')]);
    await store.delete('answer');
    expect(await store.rows()).toEqual(before);
  });

  it.each([
    ['is rewritten', { text: 'I have changed my mind.' }],
    ['turns out to be of another', { authorRole: 'other' as const }],
  ])(
    'drops what was learned of a document that %s; the end of the import learns the rest',
    async (_how, change) => {
      const store = current();
      await store.write([...notes(TEXTS), note('secret', SECRET)]);
      await store.write([note('secret', SECRET, change), note('new', OTHERS[0]!)]);
      expect(await store.rows()).toMatchObject([{ is_stale: true, profile: null }]);
      await store.write([note('newer', OTHERS[1]!)]);
      await store.endImport('alice', 'personal');
      expect(await store.rows()).toMatchObject([{ is_stale: false }]);
      const texts = [...TEXTS, OTHERS[0]!, OTHERS[1]!, ...('text' in change ? [change.text] : [])];
      expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', texts));
    },
  );

  it('learns a stale voice by itself once its corpus is left alone', async () => {
    const store = current();
    await store.write([...notes(TEXTS), note('secret', SECRET)]);
    await store.delete('secret');
    // Another process may be importing: what it changed last is too short a time ago.
    expect(await store.learnNext()).toBe(false);
    await store.query(`UPDATE corpus_scopes SET updated_at = updated_at - interval '1 minute'`);
    expect(await store.learnNext()).toBe(true);
    expect(await store.learnNext()).toBe(false);
    expect(await store.rows()).toMatchObject([{ is_stale: false }]);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
  });

  it('learns a document that turns out to be own', async () => {
    const store = current();
    await store.write([...notes(TEXTS), note('mine', OTHERS[0]!, { authorRole: 'other' })]);
    await store.write([note('mine', OTHERS[0]!)]);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', [...TEXTS, OTHERS[0]!]));
  });

  it('forgets a deleted voice until it is asked for; imports do not bring it back', async () => {
    const store = current();
    expect(await store.voices.delete('alice', 'chat')).toBe(false);
    await store.write(notes(TEXTS));
    await store.write(notes(TEXTS), { corpus: 'social' });
    expect(await store.voices.delete('bob', 'chat')).toBe(false);
    expect(await store.voices.delete('alice', 'chat')).toBe(true);
    await store.write([note('more', OTHERS[0]!)]);
    await store.endImport('alice', 'personal');
    expect(await store.voices.find('alice', 'chat')).toBeNull();
    expect(await store.voices.find('alice', 'post')).toEqual(profileOf('post', TEXTS));
    expect(await store.voices.relearn('alice', 'chat')).toBe(true);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', [...TEXTS, OTHERS[0]!]));
    expect(await store.voices.relearn('nobody', 'chat')).toBe(false);
  });
}

function describeBounds(current: () => VoiceStore): void {
  it('learns those texts that their hashes choose, where there are more than enough', async () => {
    const store = current();
    // Each is as long as a text can count for; ten of them are enough.
    const long = Array.from({ length: 14 }, (_, at) =>
      note(`long${at}`, `I like frost ${at}. `.repeat(2_750)),
    );
    for (let at = 0; at < long.length; at += 2) await store.write(long.slice(at, at + 2));
    expect(await store.rows()).toMatchObject([{ is_stale: true }]);
    const chosen = long.filter((each) => levelOf(contentHashOf('personal', 'notes', each)) >= 1);
    expect([chosen.length > 0, chosen.length <= 10]).toEqual([true, true]);
    await store.endImport('alice', 'personal');
    const learned = await store.voices.find('alice', 'chat');
    expect(learned!.texts + learned!.textsNotEnglish).toBe(chosen.length);
    const more = notes(TEXTS, 100);
    await store.write(more);
    const chosenMore = more.filter((each) => levelOf(contentHashOf('personal', 'notes', each)) >= 1);
    const grown = await store.voices.find('alice', 'chat');
    expect(grown!.texts + grown!.textsNotEnglish).toBe(chosen.length + chosenMore.length);
    await store.voices.relearn('alice', 'chat');
    expect(await store.voices.find('alice', 'chat')).toEqual(grown);
  });

  it('leaves a great batch to the end of the import', async () => {
    const store = current();
    const long = Array.from({ length: 3 }, (_, at) =>
      note(`long${at}`, `I like frost ${at}. `.repeat(2_750)),
    );
    await store.write(long);
    expect(await store.rows()).toMatchObject([{ is_stale: true, profile: null }]);
    await store.endImport('alice', 'personal');
    expect(await store.rows()).toMatchObject([{ is_stale: false }]);
    const learned = await store.voices.find('alice', 'chat');
    expect(learned!.texts + learned!.textsNotEnglish).toBe(3);
  });

  it('learns a profile of an older version anew', async () => {
    const store = current();
    await store.write(notes(TEXTS));
    await store.query(`UPDATE voice_profiles SET version = 0, profile = '{}'`);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
    await store.query(`UPDATE voice_profiles SET version = 0, profile = '{}'`);
    await store.write([note('more', OTHERS[0]!)]);
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', [...TEXTS, OTHERS[0]!]));
  });

  it('leaves a profile of a newer version alone', async () => {
    const store = current();
    await store.write(notes(TEXTS));
    await store.query(`UPDATE voice_profiles SET version = 1000, profile = '{"newer": 1}'`);
    expect(await store.voices.find('alice', 'chat')).toBeNull();
    expect(await store.rows()).toMatchObject([{ profile: '{"newer": 1}' }]);
  });

  it('learns what was imported before there were voices', async () => {
    const store = current();
    await store.write(notes(TEXTS));
    await store.write(notes(OTHERS), { corpus: 'social', ownerId: 'bob' });
    await store.migrateAnew();
    expect(await store.voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
    expect(await store.voices.find('bob', 'post')).toEqual(profileOf('post', OTHERS));
  });
}

function describeKeeping(current: () => VoiceStore): void {
  it('finds a profile in the cache until its corpus changes, and never a deleted one', async () => {
    const store = current();
    const kept = new Map<string, string>();
    const voices = store.withMemory(kept);
    await store.write(notes(TEXTS));
    expect(await voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
    await store.query(`UPDATE voice_profiles SET profile = '{"never": "read"}'`);
    expect(await voices.find('alice', 'chat')).toEqual(profileOf('chat', TEXTS));
    await store.query('UPDATE voice_profiles SET version = 0');
    await store.write([note('more', OTHERS[0]!)]);
    expect(await voices.find('alice', 'chat')).toEqual(profileOf('chat', [...TEXTS, OTHERS[0]!]));
    expect(kept.size).toBeGreaterThan(1);
    await voices.delete('alice', 'chat');
    // Copies under earlier revisions go too.
    expect(kept.size).toBe(0);
    expect(await voices.find('alice', 'chat')).toBeNull();
  });

  it('gives a stale voice, learned anew, to all who ask for it at once', async () => {
    const store = current();
    await store.write(notes(TEXTS));
    await store.query('UPDATE voice_profiles SET is_stale = true, profile = NULL');
    const found = await Promise.all(Array.from({ length: 8 }, () => store.voices.find('alice', 'chat')));
    expect(found).toEqual(found.map(() => profileOf('chat', TEXTS)));
  });
}

function describeRuns(current: () => VoiceStore): void {
  const many = (corpus: CorpusName, count: number) =>
    current().write(notes(textsBy(chatty, count, 10)), { corpus });
  const registerFor = async (mode: 'writing' | 'chat') =>
    (await current().voices.forRun('alice', mode))?.register ?? null;

  it('is the one that fits the mode, else the one with most words, else none', async () => {
    await many('personal', 2);
    expect([await registerFor('chat'), await registerFor('writing')]).toEqual([null, null]);
    await many('social', 40);
    expect([await registerFor('chat'), await registerFor('writing')]).toEqual(['post', 'post']);
    await many('personal', 60);
    expect([await registerFor('chat'), await registerFor('writing')]).toEqual(['chat', 'chat']);
    await many('published', 30);
    expect([await registerFor('chat'), await registerFor('writing')]).toEqual(['chat', 'article']);
  });
}

interface Target {
  readonly ownerId: string;
  readonly corpus: CorpusName;
}

/** The store's own classes on one database, with the words of these tests. */
class VoiceStore {
  readonly voices: VoiceProfiles;
  readonly writer: PostgresDocumentWriter;
  private readonly documents: DocumentRepository;
  private readonly repository: VoiceRepository;
  private readonly stale: StaleVoices;

  constructor(private readonly database: TestDatabase) {
    const { dataSource } = database;
    const clock = new SystemClock();
    const repository = new VoiceRepository(dataSource, clock);
    this.documents = new DocumentRepository(dataSource, clock, repository);
    this.writer = documentWriterOn(database);
    this.stale = new StaleVoices(repository, clock, this.writer);
    this.repository = repository;
    this.voices = new VoiceProfiles(repository, FORGETFUL);
  }

  /** The same voices with a cache that keeps everything in `kept`. */
  withMemory(kept: Map<string, string>): VoiceProfiles {
    const cache: Pick<Cache, 'get' | 'set' | 'clear'> = {
      get: async (namespace, key, read) => {
        const found = kept.get(namespace + key);
        return found === undefined ? null : read(JSON.parse(found));
      },
      set: async (namespace, key, value) => void kept.set(namespace + key, JSON.stringify(value)),
      clear: async () => {
        const count = kept.size;
        kept.clear();
        return count;
      },
    };
    return new VoiceProfiles(this.repository, cache as Cache);
  }

  query<T>(sql: string): Promise<T> {
    return this.database.dataSource.query(sql);
  }

  async clear(): Promise<void> {
    await this.query(
      'TRUNCATE corpus_scopes, corpus_counts, documents, replaced_documents, terms, postings, voice_profiles',
    );
  }

  write(documents: readonly ImportedDocument[], target: Partial<Target> = {}) {
    return this.writer.write({ ownerId: 'alice', corpus: 'personal', source: 'notes', ...target, documents });
  }

  /** As an import ends, and what follows it in the background. */
  async endImport(ownerId: string, corpus: CorpusName): Promise<void> {
    await this.writer.settle(ownerId, corpus);
    while (await this.stale.learnNext());
  }

  learnNext(): Promise<boolean> {
    return this.stale.learnNext();
  }

  async delete(externalId: string): Promise<void> {
    const rows: { id: number }[] = await this.database.dataSource.query(
      'SELECT id FROM documents WHERE external_id = $1',
      [externalId],
    );
    expect(await this.documents.delete('alice', 'personal', String(rows[0]!.id))).toBe(true);
  }

  /** What is stored, profiles as text. */
  rows(): Promise<{ register: VoiceRegister; is_stale: boolean; words: number; profile: string | null }[]> {
    return this.query(
      'SELECT register, is_stale, words, profile::text AS profile, updated_at FROM voice_profiles ORDER BY register',
    );
  }

  /** As if the documents had been there before the table. */
  async migrateAnew(): Promise<void> {
    const runner = this.database.dataSource.createQueryRunner();
    await new CreateVoices1763800700000().down(runner);
    await new CreateVoices1763800700000().up(runner);
    await runner.release();
  }
}

function notes(texts: readonly string[], from = 0): ImportedDocument[] {
  return texts.map((text, at) => note(`n${from + at}`, text));
}

function note(externalId: string, text: string, more: Partial<ImportedDocument> = {}): ImportedDocument {
  const base = { threadId: null, authorRole: 'self', title: null, url: null, createdAt: null } as const;
  return { externalId, text, ...base, tags: [], attachments: [], ...more };
}
