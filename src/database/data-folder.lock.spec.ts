import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderLock, type FolderHolder } from './data-folder.lock.js';

let folder: string;
const lockFile = () => join(folder, 'server.lock');
const held: DataFolderLock[] = [];

function acquire(): DataFolderLock {
  const lock = DataFolderLock.acquire(folder);
  held.push(lock);
  return lock;
}

function leaveLock(holder: Partial<FolderHolder>): void {
  const self = { pid: process.pid, processStart: null, host: hostname(), url: null };
  writeFileSync(lockFile(), JSON.stringify({ ...self, ...holder }));
}

async function pidOfEndedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid!;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcg-lock-'));
});

afterEach(() => {
  for (const lock of held.splice(0)) lock.release();
  rmSync(folder, { recursive: true, force: true });
});

describe('DataFolderLock', () => {
  it('makes the folder for this user alone', () => {
    folder = join(folder, 'data');
    acquire();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(lockFile()).mode & 0o777).toBe(0o600);
  });

  it('refuses a second holder and says who has it and where to reach that one', () => {
    const lock = acquire();
    const refused = { code: 'database.folder_in_use', kind: 'conflict' };
    const who = expect.stringContaining(`process ${process.pid} on ${hostname()}`);
    expect(acquire).toThrow(
      expect.objectContaining({ ...refused, message: who, hint: expect.stringContaining('still starting') }),
    );
    lock.announce('http://127.0.0.1:3000');
    expect(acquire).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('http://127.0.0.1:3000') }),
    );
    expect(DataFolderLock.holderOf(folder)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:3000' });
    expect(readdirSync(folder)).toEqual(['server.lock']);
  });

  it('is free again after its release', () => {
    acquire().release();
    expect(DataFolderLock.holderOf(folder)).toBeNull();
    expect(acquire).not.toThrow();
  });

  it('takes over from a process that was killed', async () => {
    leaveLock({ pid: await pidOfEndedProcess() });
    expect(DataFolderLock.holderOf(folder)).toBeNull();
    acquire();
    expect(DataFolderLock.holderOf(folder)?.pid).toBe(process.pid);
    expect(readdirSync(folder)).toEqual(['server.lock']);
  });

  it('tells a killed holder from a later process with the same id', () => {
    leaveLock({ pid: process.pid, processStart: '1' });
    expect(DataFolderLock.holderOf(folder)).toBeNull();
    expect(acquire).not.toThrow();
  });

  it('believes a holder on another host as long as it beats', () => {
    leaveLock({ pid: 1, host: 'another-container' });
    expect(acquire).toThrow(expect.objectContaining({ code: 'database.folder_in_use' }));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lockFile(), longAgo, longAgo);
    expect(acquire).not.toThrow();
  });

  it.each(['', '{"pid":', '{"pid":"me"}'])('takes over from a lock that was cut short: %j', (text) => {
    writeFileSync(lockFile(), text);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lockFile(), longAgo, longAgo);
    expect(acquire).not.toThrow();
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('says what to do about a folder that cannot be used', () => {
    const unusable = { code: 'database.folder_unusable', hint: expect.stringContaining('MCG_DATA_DIR') };
    mkdirSync(lockFile());
    expect(acquire).toThrow(expect.objectContaining(unusable));
    folder = join(folder, 'file');
    writeFileSync(folder, '');
    expect(acquire).toThrow(expect.objectContaining(unusable));
  });
});
