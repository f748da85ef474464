import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { migrate } from '../../src/database/migrate.js';
import { openDatabase } from '../../src/database/open-database.js';
import { SystemClock } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import { createDatabase } from '../support/database.js';

class Breaks1999999999999 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE half_done (id int)');
    await queryRunner.query('CREATE TABLE half_done (id int)');
  }

  async down(): Promise<void> {}
}

let url: string;
let drop: () => Promise<void>;
const opened: DataSource[] = [];

beforeEach(async () => {
  ({ url, drop } = await createDatabase(process.env.TEST_DATABASE_URL!));
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((dataSource) => dataSource.destroy()));
  await drop();
});

async function connect(options: { poolSize?: number; migrations?: (new () => MigrationInterface)[] } = {}) {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations,
    poolSize: 2,
    connectTimeoutMS: 10_000,
    ...options,
  });
  opened.push(await dataSource.initialize());
  return dataSource;
}

const namesOf = async (dataSource: DataSource) => {
  const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
};
const expected = migrations.map(({ name }) => name);

describe('migrate', () => {
  it('runs each migration once, however many replicas start together', async () => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => connect()));
    const ran = await Promise.all(replicas.map(migrate));
    expect([...ran].sort((a, b) => a - b)).toEqual([0, 0, 0, migrations.length]);
    expect(await namesOf(replicas[0]!)).toEqual(expected);
  });

  it('needs one connection only', async () => {
    const replicas = await Promise.all([connect({ poolSize: 1 }), connect({ poolSize: 1 })]);
    const ran = await Promise.all(replicas.map(migrate));
    expect(ran[0]! + ran[1]!).toBe(migrations.length);
    expect(await migrate(replicas[0])).toBe(0);
  });

  it('leaves nothing half done, and lets the next one in', async () => {
    const broken = await connect({ migrations: [...migrations, Breaks1999999999999] });
    await expect(migrate(broken)).rejects.toThrow('half_done');
    const next = await connect();
    expect(await migrate(next)).toBe(0);
    expect(await namesOf(next)).toEqual(expected);
    expect(await next.query("SELECT to_regclass('half_done') AS found")).toEqual([{ found: null }]);
  });

  it('brings two starting servers up on one empty database', async () => {
    const log = new Log({ logLevel: 'silent', environment: 'test' }, { write: () => {} });
    const settings = { url, poolSize: 1, waitSeconds: 5, dataDirectory: 'unused' };
    const servers = await Promise.all([1, 2].map(() => openDatabase(settings, new SystemClock(), log)));
    for (const { dataSource } of servers) expect(await namesOf(dataSource)).toEqual(expected);
    await Promise.all(servers.map((server) => server.close()));
  });
});
