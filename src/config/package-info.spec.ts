import { join } from 'node:path';
import { packageInfo } from './package-info.js';

describe('packageInfo', () => {
  it('finds the package from any depth below it', () => {
    const { version, root } = packageInfo();
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(packageInfo(join(root, 'dist', 'src', 'config'))).toEqual({ version, root });
  });

  it('gives up at the root of the file system', () => {
    expect(() => packageInfo('/no-such-folder/below')).toThrow('no package.json above /no-such-folder/below');
  });
});
