import { join } from 'node:path';
import { packageInfo } from './package-info.js';

describe('packageInfo', () => {
  it('finds the package from any depth below it', () => {
    const info = packageInfo();
    expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.oldestNode).toMatch(/^\d+\.\d+$/);
    expect(info.dependencies['zod']).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packageInfo(join(info.root, 'dist', 'src', 'config'))).toEqual(info);
  });

  it('gives up at the root of the file system', () => {
    expect(() => packageInfo('/no-such-folder/below')).toThrow('no package.json above /no-such-folder/below');
  });
});
