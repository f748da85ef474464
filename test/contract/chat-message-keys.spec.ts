import { openTestDatabase, type TestDatabase } from '../support/database.js';

const MIGRATION = 'KeyChatMessages1763800815000';

/** Rows as imports before the migration wrote them: the second home of a message is in its id, the first is not. */
const ROWS = [
  ['chatgpt', 't1', 'm'],
  ['chatgpt', 't2', 't2:m'],
  ['chatgpt', 't2', 'n'],
  ['chatgpt', null, 'alone'],
  ['chatgpt', 't3', 'twice'],
  ['chatgpt', 't3', 't3:twice'],
  ['markdown', 't1', 'note.md'],
] as const;

describe('the keys of chat messages', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
    await undoTo(MIGRATION);
    await database.dataSource.query(
      "INSERT INTO corpus_scopes (id, owner_id, corpus, updated_at) OVERRIDING SYSTEM VALUE VALUES (1, 'ann', 'personal', now())",
    );
    for (const [source, threadId, externalId] of ROWS) {
      await database.dataSource.query(
        `INSERT INTO documents (scope_id, owner_id, corpus, source, external_id, thread_id, author_role, text, tags,
           attachments, content_hash, text_fingerprint, token_count, term_ids, term_frequencies, imported_at)
         VALUES (1, 'ann', 'personal', $1, $2, $3, 'self', 'x', '{}', '{}', 'h', 'f', 1, '{}', '{}', now())`,
        [source, externalId, threadId],
      );
    }
  });
  afterEach(() => database.close());

  async function undoTo(name: string): Promise<void> {
    for (;;) {
      const [last] = await database.dataSource.query<{ name: string }[]>(
        'SELECT name FROM migrations ORDER BY id DESC LIMIT 1',
      );
      await database.dataSource.undoLastMigration();
      if (last?.name === name) return;
    }
  }

  const keys = async () =>
    (
      await database.dataSource.query<{ external_id: string }[]>(
        'SELECT external_id FROM documents ORDER BY id',
      )
    ).map((row) => row.external_id);

  it('name the conversation of every message once, and those of no other source', async () => {
    await database.dataSource.runMigrations();
    expect(await keys()).toEqual(['t1:m', 't2:m', 't2:n', 'alone', 'twice', 't3:twice', 'note.md']);
  });

  it('are as they were when the migration is taken back', async () => {
    await database.dataSource.runMigrations();
    await undoTo(MIGRATION);
    expect(await keys()).toEqual(['m', 't2:m', 'n', 'alone', 'twice', 't3:twice', 'note.md']);
  });
});
