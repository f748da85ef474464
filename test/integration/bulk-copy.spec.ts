import { CopyRows } from '../../src/corpus/documents/copy-rows.js';
import { describeBulkCopy } from '../contract/bulk-copy.contract.js';
import { openTestDatabase } from '../support/database.js';

describeBulkCopy('PostgreSQL', openTestDatabase);
describeBulkCopy('PostgreSQL through a pool of one', () => openTestDatabase(1));

describe('a connection that is lost while rows are loaded', () => {
  it('ends the load with an error, and the next one finds another connection', async () => {
    const database = await openTestDatabase(2);
    const { dataSource, bulkCopy } = database;
    await dataSource.query('CREATE TABLE samples (id int)');
    function* endless() {
      for (let id = 0; ; id++) yield new CopyRows().row(1).integer(id).take();
    }
    const loading = dataSource.transaction(async (manager) => {
      const [row] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      const ended = dataSource.query('SELECT pg_terminate_backend($1)', [row!.pid]);
      await Promise.all([bulkCopy.copy(manager, 'samples (id)', endless()), ended]);
    });
    await expect(loading).rejects.toThrow();
    const one = [new CopyRows().row(1).integer(1).take()];
    await dataSource.transaction((manager) => bulkCopy.copy(manager, 'samples (id)', one));
    expect(await dataSource.query('SELECT id FROM samples')).toEqual([{ id: 1 }]);
    await database.close();
  });
});
