import type { DataSource } from 'typeorm';
import { migrate } from '../../src/database/migrate.js';
import type { TestDatabase } from '../support/database.js';

/** What every database must do, whichever engine it is. */
export function describeDatabase(engine: string, open: () => Promise<TestDatabase>): void {
  describe(`a database: ${engine}`, () => {
    let database: TestDatabase;
    let dataSource: DataSource;

    beforeAll(async () => {
      database = await open();
      dataSource = database.dataSource;
      await dataSource.query('CREATE TABLE notes (id int PRIMARY KEY, body text)');
    });

    afterAll(() => database?.close());

    const count = async () =>
      Number((await dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM notes'))[0]!.n);

    it('forgets what a transaction wrote that failed, and keeps what others wrote meanwhile', async () => {
      await dataSource.query("INSERT INTO notes VALUES (1, 'before')");
      const failing = dataSource.transaction(async (manager) => {
        await manager.query("INSERT INTO notes VALUES (2, 'lost')");
        throw new Error('changed my mind');
      });
      const passing = dataSource.transaction((manager) =>
        manager.query("INSERT INTO notes VALUES (3, 'kept')"),
      );
      await expect(failing).rejects.toThrow('changed my mind');
      await passing;
      const rows = await dataSource.query<{ id: number }[]>('SELECT id FROM notes ORDER BY id');
      expect(rows.map(({ id }) => id)).toEqual([1, 3]);
    });

    it('goes on after a statement that failed', async () => {
      await expect(dataSource.query('SELECT * FROM nowhere')).rejects.toThrow('nowhere');
      const before = await count();
      await dataSource.query("INSERT INTO notes VALUES (4, 'after')");
      expect(await count()).toBe(before + 1);
    });

    it('answers many at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, async (_each, i) => {
          const rows = await dataSource.query<{ n: number }[]>('SELECT $1::int AS n', [i]);
          return rows[0]!.n;
        }),
      );
      expect(answers).toEqual(Array.from({ length: 40 }, (_each, i) => i));
    });

    it('has nothing left to migrate', async () => {
      expect(await migrate(dataSource)).toBe(0);
    });

    it('goes back to nothing by its migrations, and comes up again', async () => {
      const count = dataSource.migrations.length;
      for (let i = 0; i < count; i++) await dataSource.undoLastMigration();
      const left = await dataSource.query<{ name: string }[]>(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
      );
      expect(left.map(({ name }) => name)).toEqual(['migrations', 'notes']);
      expect(await migrate(dataSource)).toBe(count);
    });
  });
}
