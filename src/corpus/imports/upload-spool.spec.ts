import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { SystemClock, SystemIds, sha256Hex } from '../../shared/index.js';
import { UploadSpool } from './upload-spool.js';

let dataDirectory: string;
let spool: UploadSpool;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'upload-spool-'));
  spool = new UploadSpool({ dataDirectory, maxUploadBytes: 10 }, new SystemIds(), new SystemClock());
});
afterEach(() => rm(dataDirectory, { recursive: true }));

const left = () => readdir(join(dataDirectory, 'spool')).catch(() => []);

describe('UploadSpool', () => {
  it('keeps the bytes where only this user can read them, until they are removed', async () => {
    const file = await spool.receive(Readable.from([Buffer.from('one '), Buffer.from('two')]), '7');
    expect(file).toMatchObject({ bytes: 7, sha256: sha256Hex('one two') });
    expect(await readFile(file.path, 'utf8')).toBe('one two');
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDirectory, 'spool'))).mode & 0o777).toBe(0o700);
    await spool.remove(file);
    expect(await left()).toEqual([]);
  });

  it('removes what a killed process left days ago, and nothing younger or still needed', async () => {
    const [old, needed, young] = [
      await spool.receive(Readable.from(['a']), '1'),
      await spool.receive(Readable.from(['b']), '1'),
      await spool.receive(Readable.from(['c']), '1'),
    ];
    const daysAgo = new Date(Date.now() - 2 * 24 * 3_600_000);
    await utimes(old.path, daysAgo, daysAgo);
    await utimes(needed.path, daysAgo, daysAgo);
    await spool.removeLeftOvers(new Set([basename(needed.path)]));
    expect((await left()).map((name) => join(dataDirectory, 'spool', name)).sort()).toEqual(
      [needed.path, young.path].sort(),
    );
  });

  it('refuses what is too large, as announced and as sent, and leaves the stream open for the answer', async () => {
    const tooLarge = { code: 'corpus.upload_too_large', kind: 'too_large' };
    await expect(spool.receive(Readable.from(['x']), '11')).rejects.toMatchObject(tooLarge);
    const body = Readable.from([Buffer.alloc(6), Buffer.alloc(6), Buffer.alloc(6)]);
    await expect(spool.receive(body, undefined)).rejects.toMatchObject(tooLarge);
    expect(body.destroyed).toBe(false);
    expect(await left()).toEqual([]);
  });

  it('refuses an empty body', async () => {
    await expect(spool.receive(Readable.from([]), undefined)).rejects.toMatchObject({
      code: 'corpus.upload_empty',
    });
    expect(await left()).toEqual([]);
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(spool.receive(body, undefined)).rejects.toMatchObject({ code: 'corpus.upload_aborted' });
    expect(await left()).toEqual([]);
  });
});
