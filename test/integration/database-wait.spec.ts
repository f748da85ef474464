import { databaseFault } from '../../src/database/index.js';
import { type OpenDatabase, openDatabase } from '../../src/database/open-database.js';
import { SystemClock } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import { createDatabase } from '../support/database.js';
import { TcpProxy } from '../support/tcp-proxy.js';

let url: URL;
let drop: () => Promise<void>;
let proxy: TcpProxy;
let onLine: (line: string) => void;
let open: OpenDatabase | undefined;

beforeEach(async () => {
  const database = await createDatabase(process.env.TEST_DATABASE_URL!);
  drop = database.drop;
  url = new URL(database.url);
  proxy = await TcpProxy.inFrontOf(new URL(database.url));
  url.host = `127.0.0.1:${proxy.port}`;
  onLine = () => {};
  open = undefined;
});

afterEach(async () => {
  await open?.close();
  await proxy.shut();
  await drop();
});

function start(waitSeconds: number): Promise<OpenDatabase> {
  const log = new Log({ logLevel: 'info', environment: 'test' }, { write: (line) => onLine(line) });
  return openDatabase(
    { url: url.href, poolSize: 2, waitSeconds, dataDirectory: 'unused' },
    new SystemClock(),
    log,
  );
}

describe('a database that is away', () => {
  it('at the start is waited for, and then given up with what to check', async () => {
    const lines: string[] = [];
    onLine = (line) => lines.push(line);
    await expect(start(1)).rejects.toMatchObject({
      code: 'database.unreachable',
      kind: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
      hint: expect.stringContaining('DATABASE_WAIT_SECONDS'),
    });
    expect(lines.join('')).toContain('database.waiting');
  });

  it('at the start is used as soon as it comes', async () => {
    let opening: Promise<void> | undefined;
    onLine = (line) => {
      if (line.includes('database.waiting')) opening ??= proxy.open();
    };
    open = await start(30);
    expect(opening).toBeDefined();
    expect(await open.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('later on is a fault that passes: the next query after its return succeeds', async () => {
    await proxy.open();
    open = await start(5);
    const { dataSource } = open;
    const interrupted = dataSource.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    await dataSource.query('SELECT 1');
    await proxy.shut();
    expect(databaseFault(await interrupted)).toMatchObject({ code: 'database.unavailable' });
    const refused = await dataSource.query('SELECT 1').catch((error: unknown) => error);
    expect(databaseFault(refused)).toMatchObject({ code: 'database.unavailable' });
    await proxy.open();
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('a database that will never come', () => {
  it.each([
    ['a name that does not exist', () => Object.assign(url, { pathname: '/no_such_database' })],
    ['a role that does not exist', () => Object.assign(url, { username: 'no_such_role' })],
  ])('is not waited for: %s', async (_what, change) => {
    const lines: string[] = [];
    onLine = (line) => lines.push(line);
    await proxy.open();
    change();
    await expect(start(30)).rejects.toMatchObject({ code: 'database.unreachable' });
    expect(lines.join('')).not.toContain('database.waiting');
  });
});
