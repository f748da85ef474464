import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What this installation is and where it lies. */
export interface PackageInfo {
  readonly version: string;
  readonly root: string;
  /** The oldest Node it runs on, `22.19`. */
  readonly oldestNode: string;
  /** Packages it was made with, at exactly these versions. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Looks upward for the package file: sources and the build lie at different depths below it. Throws without one. */
export function packageInfo(startFolder = dirname(fileURLToPath(import.meta.url))): PackageInfo {
  let root = startFolder;
  while (!existsSync(join(root, 'package.json'))) {
    // The root of the file system is its own parent: looking on would never end.
    if (root === dirname(root)) throw new Error(`no package.json above ${startFolder}`);
    root = dirname(root);
  }
  const { version, engines, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
    engines?: { node?: string };
    dependencies?: Record<string, string>;
  };
  const oldestNode = engines?.node?.replace(/^>=\s*/, '') ?? '0';
  return { version, root, oldestNode, dependencies: dependencies ?? {} };
}
