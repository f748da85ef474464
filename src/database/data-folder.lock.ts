import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/index.js';

const HEARTBEAT_MS = 5_000;
/** A holder on another host (a former container) counts as gone when it has not beaten for this long. */
const STALE_AFTER_MS = 20_000;
const WRITING_MS = 1_000;

const holderSchema = z.object({
  pid: z.number().int(),
  /** Kernel start time of that process: tells it from a later one with the same id. Null where unknown. */
  processStart: z.string().nullable(),
  host: z.string(),
  /** Where its HTTP server listens, once it does. */
  url: z.string().nullable(),
});

/** Who holds a data folder. */
export type FolderHolder = z.infer<typeof holderSchema>;

/** Keeps a data folder to one process at a time; survives a killed holder. */
export class DataFolderLock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    private holder: FolderHolder,
  ) {
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS).unref();
  }

  /** Takes the folder, creating it with mode 0700. Throws `database.folder_in_use` when a living process has it. */
  static acquire(folder: string): DataFolderLock {
    makeFolder(folder);
    const path = join(folder, 'server.lock');
    const self: FolderHolder = {
      pid: process.pid,
      processStart: processStart(process.pid),
      host: hostname(),
      url: null,
    };
    for (;;) {
      try {
        writeFileSync(path, JSON.stringify(self), { flag: 'wx', mode: 0o600 });
        return new DataFolderLock(path, self);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw folderFault(folder, error);
      }
      const found = readLock(folder, path);
      const holder = holderIn(found, path);
      if (holder) throw inUse(folder, holder);
      if (found !== null && !isBeingWritten(found, path)) removeStale(path, found);
    }
  }

  /** The living holder of a folder, or null when nobody has it. Throws `database.folder_unusable`. */
  static holderOf(folder: string): FolderHolder | null {
    const path = join(folder, 'server.lock');
    return holderIn(readLock(folder, path), path);
  }

  /** Tells later processes where to reach this one. */
  announce(url: string): void {
    this.holder = { ...this.holder, url };
    // Renamed into place: a reader must never find half a lock and take the folder for free.
    const draft = `${this.path}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.holder), { mode: 0o600 });
    renameSync(draft, this.path);
  }

  release(): void {
    clearInterval(this.heartbeat);
    rmSync(this.path, { force: true });
  }

  private beat(): void {
    const now = new Date();
    try {
      utimesSync(this.path, now, now);
    } catch {
      // The folder was removed under us: there is nothing left to guard.
    }
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw folderFault(folder, error);
  }
}

/** The text of the lock, or null where it has gone meanwhile. */
function readLock(folder: string, path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw folderFault(folder, error);
  }
}

function holderIn(text: string | null, path: string): FolderHolder | null {
  try {
    const holder = holderSchema.parse(JSON.parse(text ?? ''));
    return isAlive(holder, path) ? holder : null;
  } catch {
    return null;
  }
}

/** An empty lock is a moment old while its maker writes it; an old one was left by a full disk or a power cut. */
function isBeingWritten(text: string, path: string): boolean {
  const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return text === '' && modified !== undefined && Date.now() - modified < WRITING_MS;
}

/** Moves a dead holder's lock aside. Another process may have replaced it meanwhile: then it is put back. */
function removeStale(path: string, judged: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') === judged) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function isAlive(holder: FolderHolder, path: string): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(path).mtimeMs < STALE_AFTER_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return holder.processStart === null || holder.processStart === processStart(holder.pid);
}

function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; counted after the command's closing bracket, since a command may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(folder: string, holder: FolderHolder): AppError {
  const reach = holder.url
    ? `Use that server at ${holder.url}, or stop it first.`
    : 'It is still starting or is a command at work: wait for it, or stop it first.';
  return new AppError(
    'database.folder_in_use',
    'conflict',
    `The data folder ${folder} is held by process ${holder.pid} on ${holder.host}.`,
    { hint: `${reach} Another folder can be named with MCG_DATA_DIR.` },
  );
}

function folderFault(folder: string, cause: unknown): AppError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new AppError(
    'database.folder_unusable',
    'unavailable',
    `The data folder ${folder} cannot be written: ${reason}.`,
    {
      hint: 'Name a folder this user can write to with MCG_DATA_DIR, or free some space.',
      cause,
    },
  );
}
