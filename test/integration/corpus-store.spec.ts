import type { EntityManager } from 'typeorm';
import type { ImportedDocument } from '../../src/corpus/documents/imported-document.js';
import { findStored } from '../../src/corpus/documents/stored-forms.repository.js';
import { describeCorpusStore } from '../contract/corpus-store.contract.js';
import { openTestDatabase } from '../support/database.js';
import { documentWriterOn } from '../support/document-writer.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describe('the corpus store on PostgreSQL', () => describeCorpusStore(() => openTestDatabase()));

describe('looking up what is stored', () => {
  it('reads the index of ids alone, also where the statistics know nothing of a corpus', async () => {
    const { dataSource, bulkCopy, close } = await openTestDatabase();
    const writer = documentWriterOn({ dataSource, bulkCopy });
    const write = (ownerId: string) =>
      writer.write({ ownerId, corpus: 'personal', source: 'notes', documents: NOTES });
    await write('alice');
    await dataSource.query('ANALYZE documents');
    await write('bob');
    const [scope] = await dataSource.query<{ id: number }[]>(
      `SELECT id FROM corpus_scopes WHERE owner_id = 'bob'`,
    );
    const explained = await findStored(
      {
        query: (sql: string, values: unknown[]) => dataSource.query(`EXPLAIN ${sql}`, values),
      } as EntityManager,
      scope!.id,
      'notes',
      NOTES.map(({ externalId }) => externalId),
    );
    const plan = JSON.stringify(explained);
    expect(plan).toContain('documents_scope_id_source_external_id_key');
    expect(plan.match(/Scan/g)).toHaveLength(plan.includes('Bitmap') ? 3 : 2);
    await close();
  });
});

const NOTES = Array.from({ length: 2_000 }, (_, at): ImportedDocument => {
  const base = {
    threadId: null,
    authorRole: 'self',
    title: null,
    url: null,
    tags: [],
    attachments: [],
  } as const;
  return {
    ...base,
    externalId: `n${at}`,
    text: `frost ${at}`,
    createdAt: new Date(at * 1_000).toISOString(),
  };
});
