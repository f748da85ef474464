import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What this installation is and where it lies. */
export interface PackageInfo {
  readonly version: string;
  readonly root: string;
}

/** Looks upward for the package file: sources and the build lie at different depths below it. Throws without one. */
export function packageInfo(startFolder = dirname(fileURLToPath(import.meta.url))): PackageInfo {
  let root = startFolder;
  while (!existsSync(join(root, 'package.json'))) {
    // The root of the file system is its own parent: looking on would never end.
    if (root === dirname(root)) throw new Error(`no package.json above ${startFolder}`);
    root = dirname(root);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { version, root };
}
