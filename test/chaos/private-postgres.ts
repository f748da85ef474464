import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const INSTALLED = '/usr/lib/postgresql';
const run = promisify(execFile);

/** A PostgreSQL server of the harness's own, which it may restart. */
export class PrivatePostgres {
  private constructor(
    private readonly binaries: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Why there can be none here; null where there can. */
  static whyNot(): string | null {
    return newestBinaries() === null ? `no PostgreSQL binaries below ${INSTALLED}` : null;
  }

  static async start(): Promise<PrivatePostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'mcg-postgres-'));
    const postgres = new PrivatePostgres(newestBinaries()!, folder, await freePort());
    if (process.getuid?.() === 0) {
      const { stdout } = await run('id', ['-u', 'postgres']);
      chownSync(folder, Number(stdout), Number(stdout));
    }
    await postgres.command('initdb', [
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-N',
    ]);
    await postgres.control('start');
    return postgres;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** `immediate`: as if the machine had lost its power. */
  async restart(how: 'fast' | 'immediate'): Promise<void> {
    await this.control('stop', '-m', how);
    await this.control('start');
  }

  async remove(): Promise<void> {
    await this.control('stop', '-m', 'immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private control(act: 'start' | 'stop', ...more: readonly string[]): Promise<void> {
    const settings = `-p ${this.port} -k ${this.folder} -c listen_addresses=127.0.0.1 -c max_connections=200`;
    const start = act === 'start' ? ['-o', settings, '-l', join(this.folder, 'server.log')] : [];
    return this.command('pg_ctl', [act, '-w', ...more, ...start]);
  }

  /** PostgreSQL refuses to run as root. */
  private async command(name: string, args: readonly string[]): Promise<void> {
    const command = [join(this.binaries, name), '-D', join(this.folder, 'data'), ...args];
    const as = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
    const [program, ...rest] = [...as, ...command];
    await run(program!, rest, { cwd: this.folder });
  }
}

function newestBinaries(): string | null {
  if (!existsSync(INSTALLED)) return null;
  const versions = readdirSync(INSTALLED).filter((name) =>
    existsSync(join(INSTALLED, name, 'bin', 'initdb')),
  );
  const newest = versions.toSorted((one, other) => Number(other) - Number(one))[0];
  return newest === undefined ? null : join(INSTALLED, newest, 'bin');
}

async function freePort(): Promise<number> {
  const finder = createServer();
  await new Promise<void>((resolve) => finder.listen(0, '127.0.0.1', resolve));
  const { port } = finder.address() as AddressInfo;
  await new Promise((resolve) => finder.close(resolve));
  return port;
}
