import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';

/** Signature, flags and header length of COPY's binary format, and what ends it. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);

/** Loads many rows at once, the way the database loads fastest. */
export abstract class BulkCopy {
  /**
   * Loads rows in the transaction of `manager`. `target` is a table with its columns; each piece holds whole rows in
   * COPY's binary format, without header and trailer. What the database refuses undoes the transaction.
   */
  abstract copy(manager: EntityManager, target: string, pieces: Iterable<Uint8Array>): Promise<void>;
}

/** COPY over the connection of the transaction. */
export class PostgresBulkCopy extends BulkCopy {
  async copy(manager: EntityManager, target: string, pieces: Iterable<Uint8Array>): Promise<void> {
    const connection: PoolClient = await heldRunner(manager).connect();
    const rows = connection.query(from(`COPY ${target} FROM STDIN (FORMAT binary)`));
    // A refused row and a lost connection are told by this event alone: the stream is neither drained nor closed then.
    const failed = once(rows, 'error').then(([error]: Error[]) => {
      throw error;
    });
    const isTold = failed.then(undefined, () => true);
    try {
      await sent(framed(pieces), rows, failed);
    } catch (error) {
      if (!(await Promise.race([isTold, nextTurn(false)]))) {
        // It was the rows that failed: the server drops what it has, and says so.
        rows.destroy(new Error('The rows end before their end.'));
        await isTold;
      }
      throw error;
    }
  }
}

async function sent(pieces: Iterable<Uint8Array>, rows: Writable, failed: Promise<never>): Promise<void> {
  for (const piece of pieces) {
    const isTaken = rows.write(piece) || once(rows, 'drain');
    // The server may take rows as fast as they come: requests come in between pieces.
    await Promise.race([Promise.all([isTaken, nextTurn()]), failed]);
  }
  rows.end();
  await Promise.race([once(rows, 'finish'), failed]);
}

/**
 * COPY from memory, beside the socket, which carries none. The embedded database has one session: what is done directly
 * belongs to the transaction that the one connection holds.
 */
export class EmbeddedBulkCopy extends BulkCopy {
  constructor(private readonly database: PGlite) {
    super();
  }

  async copy(manager: EntityManager, target: string, pieces: Iterable<Uint8Array>): Promise<void> {
    heldRunner(manager);
    for (const piece of pieces) {
      // The database works on this thread: requests come in between pieces.
      await nextTurn();
      const blob = new Blob([HEADER, Buffer.from(piece), TRAILER]);
      await this.database.query(`COPY ${target} FROM '/dev/blob' (FORMAT binary)`, [], { blob });
    }
  }
}

function* framed(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield HEADER;
  yield* pieces;
  yield TRAILER;
}

function heldRunner(manager: EntityManager) {
  const { queryRunner } = manager;
  if (queryRunner?.isTransactionActive) return queryRunner;
  throw new Error('Rows are loaded in bulk inside a transaction only.');
}
