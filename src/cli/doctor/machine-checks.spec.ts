import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageInfo, parseSettings } from '../../config/index.js';
import { DataFolderLock } from '../../database/index.js';
import { dataFolderCheck, versionCheck } from './machine-checks.js';

let root: string;
const at = (folder: string) => dataFolderCheck(parseSettings({ MCG_DATA_DIR: folder }));

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'mcg-doctor-'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

it('knows too old a Node, and packages that are not those of this version', () => {
  const info = packageInfo();
  expect(versionCheck(info).state).toBe('ok');
  expect(versionCheck(info, '22.18.9')).toMatchObject({
    state: 'fail',
    next: expect.stringContaining('npm ci'),
  });
  expect(versionCheck(info, '23.0.0').state).toBe('ok');
  const other = versionCheck({ ...info, dependencies: { zod: '0.0.1', nonsense: '1.0.0' } });
  expect(other).toMatchObject({
    state: 'warn',
    says: expect.stringMatching(/zod \S+ in place of 0\.0\.1, nonsense is missing/),
  });
});

it('looks at a data folder that is there, and where one is to be made', () => {
  expect(at(root)).toMatchObject({ state: 'ok', says: expect.stringMatching(/free; held by nobody$/) });
  expect(at(join(root, 'new', 'deep'))).toMatchObject({
    state: 'ok',
    says: expect.stringContaining('first start'),
  });
});

it('says who holds it', () => {
  const lock = DataFolderLock.acquire(root);
  lock.announce('http://127.0.0.1:9');
  expect(at(root).says).toMatch(new RegExp(`held by process ${process.pid} at http://127\\.0\\.0\\.1:9`));
  lock.release();
});

it('warns where others can look into it, and fails where it is no folder', () => {
  chmodSync(root, 0o755);
  expect(at(root)).toMatchObject({ state: 'warn', next: `chmod 700 ${root}` });
  chmodSync(root, 0o700);
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(at(file)).toMatchObject({ state: 'fail', next: expect.stringContaining('MCG_DATA_DIR') });
});
