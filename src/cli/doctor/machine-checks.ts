import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type PackageInfo, type ProfileFile, packageInfo, type Settings } from '../../config/index.js';
import { DataFolderLock } from '../../database/index.js';
import { inBytes } from '../output/figures.js';
import { type Finding, fail, ok, warn } from './check.js';

const SCARCE_BYTES = 1024 ** 3;
const TOO_LITTLE_BYTES = 50 * 1024 ** 2;

/** Node and the packages beside this program. */
export function versionCheck(info: PackageInfo = packageInfo(), node = process.versions.node): Finding {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = info.oldestNode.split('.').map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  if (isOld)
    return fail(`Node ${node}; ${info.oldestNode} or newer is needed`, 'npm ci brings the right one.');
  const others = Object.entries(info.dependencies).flatMap(([name, version]) => {
    const found = installedVersion(info.root, name);
    return found === version
      ? []
      : [`${name} ${found ?? 'is missing'}${found ? ` in place of ${version}` : ''}`];
  });
  const says = `mcg-agent ${info.version}, Node ${node}`;
  if (others.length === 0) return ok(says);
  return warn(`${says}; ${others.slice(0, 5).join(', ')}`, `npm ci in ${info.root}`);
}

function installedVersion(root: string, name: string): string | null {
  const path = join(root, 'node_modules', name, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version : null;
}

/** The file of profiles, and who may read it. */
export function profileCheck(read: () => ProfileFile): Finding {
  const { path, exists, names, profile, warnings } = read();
  if (!exists) return ok(`none (${path}); flags and environment say it all`);
  if (warnings.length > 0) return warn(warnings.join('; '), 'Run the chmod above.');
  return ok(
    `${path}: ${profile ? `profile ${profile.name}` : `none in use of ${names.join(', ') || 'none'}`}`,
  );
}

/** The data folder: there, writable, private, with room, and who holds it. */
export function dataFolderCheck({ database }: Settings): Finding {
  const folder = resolve(database.dataDirectory);
  const nearest = nearestFolder(folder);
  if (!statSync(nearest).isDirectory())
    return fail(`${nearest} is no folder`, 'Name a folder with MCG_DATA_DIR.');
  if (!isWritable(nearest))
    return fail(`${nearest} cannot be written`, 'Name another folder with MCG_DATA_DIR.');
  const { bavail, bsize } = statfsSync(nearest);
  const freeBytes = bavail * bsize;
  const room = `${inBytes(freeBytes)} free`;
  if (freeBytes < TOO_LITTLE_BYTES) return fail(`${folder}: ${room}`, 'Free some space there.');
  if (nearest !== folder) return ok(`${folder}: made at the first start; ${room}`);
  const holder = DataFolderLock.holderOf(folder);
  const held = holder
    ? `held by process ${holder.pid}${holder.url ? ` at ${holder.url}` : ''}`
    : 'held by nobody';
  if (freeBytes < SCARCE_BYTES) return warn(`${folder}: ${room}; ${held}`, 'Free some space there.');
  const isOpen = process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0;
  if (isOpen)
    return warn(`${folder}: others on this machine can look into it; ${held}`, `chmod 700 ${folder}`);
  return ok(`${folder}: ${room}; ${held}`);
}

/** The folder itself, or the one above it that is there already. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
