import { DataSource } from 'typeorm';
import { PgBossRunQueue } from '../../src/pipeline/queue/pg-boss-run-queue.js';
import { RunJobsRepository } from '../../src/pipeline/queue/run-jobs.repository.js';
import { Log } from '../../src/telemetry/index.js';
import { describeRunQueue } from '../contract/run-queue.contract.js';
import { createDatabase } from '../support/database.js';

it('has a PostgreSQL server to run on', () => {
  expect(process.env.TEST_DATABASE_URL).toBeTruthy();
});

describeRunQueue('PostgreSQL');

describe('a database whose user may make no schema', () => {
  it('is named, with what to grant', async () => {
    const { url, drop } = await createDatabase(process.env.TEST_DATABASE_URL!);
    const owner = await new DataSource({ type: 'postgres', url }).initialize();
    const role = new URL(url).pathname.slice(1).replace('mcg_test', 'mcg_role');
    await owner.query(`CREATE ROLE ${role} LOGIN`);
    const restricted = new URL(url);
    restricted.username = role;
    const dataSource = await new DataSource({ type: 'postgres', url: restricted.href }).initialize();
    try {
      const opened = PgBossRunQueue.open(
        new RunJobsRepository(dataSource),
        { maxPerOwner: 1, runTimeboxMs: 1_000 },
        {
          isEmbedded: false,
          notifications: { notify: async () => undefined },
          log: new Log({ logLevel: 'silent', environment: 'test' }),
        },
      );
      await expect(opened).rejects.toMatchObject({
        code: 'pipeline.queue_schema_refused',
        hint: expect.stringContaining('GRANT CREATE'),
      });
    } finally {
      await dataSource.destroy();
      await owner.query(`DROP ROLE ${role}`);
      await owner.destroy();
      await drop();
    }
  });
});
