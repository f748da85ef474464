import { openEmbeddedTestDatabase, type TestDatabase } from '../support/database.js';
import { aCountedProcess } from '../support/durable-runs.js';
import { describeDurableRuns } from './durable-runs.contract.js';

describeDurableRuns('the embedded database');

describe('what durability costs', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openEmbeddedTestDatabase();
  });
  afterAll(() => database?.close());

  /** The id that the next writing transaction gets: on a database of one's own they count the commits. */
  const nextTransaction = async () => {
    const [row] = await database.dataSource.query('SELECT pg_snapshot_xmax(pg_current_snapshot()) AS next');
    return Number(row.next);
  };

  it.each([
    ['running', 2],
    ['queued', 3],
  ] as const)(
    'a run without external calls that is stored as %s takes %d commits',
    async (state, commits) => {
      const process = await aCountedProcess(database.dataSource, false);
      const before = await nextTransaction();
      const run = await process.stored(state);
      if (state === 'running') await process.service.execute(run);
      else expect(await process.worker.perform(run.taskId)).toBe('ended');
      expect((await nextTransaction()) - before).toBe(commits);
      process.stop();
    },
  );
});
