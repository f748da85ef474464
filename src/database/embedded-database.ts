import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { type BulkCopy, EmbeddedBulkCopy } from './bulk-copy.js';

const SOCKET_PORT = 5432;

/** PostgreSQL inside this process, reached by the ordinary driver through a socket only this user can open. */
export class EmbeddedDatabase {
  private constructor(
    /** Folder of the Unix socket; the driver takes it as its host. */
    readonly socketFolder: string,
    readonly port: number,
    private readonly server: PGLiteSocketServer,
    private readonly database: PGlite,
  ) {}

  /** Opens the database kept in `folder`, or one in memory for null. */
  static async open(folder: string | null): Promise<EmbeddedDatabase> {
    const database = await PGlite.create(folder === null ? 'memory://' : folder);
    // A path of its own in the temporary folder: Unix socket paths end at about 100 characters.
    const socketFolder = mkdtempSync(join(tmpdir(), 'mcg-'));
    const server = new PGLiteSocketServer({
      db: database,
      path: join(socketFolder, `.s.PGSQL.${SOCKET_PORT}`),
    });
    await server.start();
    return new EmbeddedDatabase(socketFolder, SOCKET_PORT, server, database);
  }

  /** For transactions of the one connection to the socket. */
  bulkCopy(): BulkCopy {
    return new EmbeddedBulkCopy(this.database);
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.database.close();
    rmSync(this.socketFolder, { recursive: true, force: true });
  }
}
