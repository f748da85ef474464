import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { DataFolderLock } from './data-folder.lock.js';
import { EmbeddedDatabase } from './embedded-database.js';
import { connectEmbedded, openDatabase } from './open-database.js';

const log = new Log({ logLevel: 'silent', environment: 'test' }, { write: () => {} });
let dataDirectory: string;

const open = () =>
  openDatabase({ url: null, poolSize: 10, waitSeconds: 0, dataDirectory }, new SystemClock(), log);

beforeAll(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'mcg-data-'));
});

afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

describe('openDatabase on a data folder', () => {
  it('keeps what was written, for the next start, and nothing that was rolled back', async () => {
    const first = await open();
    await first.dataSource.query('CREATE TABLE notes (body text)');
    await first.dataSource.query("INSERT INTO notes VALUES ('kept')");
    const failing = first.dataSource.transaction(async (manager) => {
      await manager.query("INSERT INTO notes VALUES ('lost')");
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await expect(open()).rejects.toMatchObject({ code: 'database.folder_in_use' });
    await first.close();
    expect(DataFolderLock.holderOf(dataDirectory)).toBeNull();

    const second = await open();
    expect(await second.dataSource.query('SELECT body FROM notes')).toEqual([{ body: 'kept' }]);
    await second.close();
  });

  it('lets go of everything when the schema cannot be brought up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcg-broken-'));
    const foreign = await EmbeddedDatabase.open(join(folder, 'database'));
    const connection = await connectEmbedded(foreign);
    await connection.query('CREATE TABLE audit_events (id int)');
    await connection.destroy();
    await foreign.close();
    const settings = { url: null, poolSize: 1, waitSeconds: 0, dataDirectory: folder };
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(openDatabase(settings, new SystemClock(), log)).rejects.toThrow('already exists');
      expect(DataFolderLock.holderOf(folder)).toBeNull();
    }
    rmSync(folder, { recursive: true, force: true });
  });
});
