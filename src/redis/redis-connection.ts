import { ErrorReply, RESP_TYPES } from '@redis/client';
import { type Client, openClient, retire } from './redis-client.js';
import type { RedisCommand, RedisReply } from './redis-reply.js';
import { LimitPassed, within } from './within.js';

/** What a connection tells its owner. */
export interface ConnectionEvents {
  /** Before it counts as up; a failure here is a failure to connect. */
  readonly prepare: (client: Client) => Promise<void>;
  readonly up: () => void;
  readonly down: (error: unknown) => void;
}

const CONNECT_LIMIT_MS = 2_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const HEARTBEAT_MS = 5_000;
const HEARTBEAT_LIMIT_MS = 2_000;
/** Commands in a row without an answer after which Redis counts as away, so that nobody else waits for it. */
const MOST_STALLS = 3;
const BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } as const;

/**
 * One connection that comes back by itself. A client is used for one connect only: what the library does about
 * reconnecting cannot be timed, stopped or seen well enough.
 */
export class RedisConnection {
  private client: Client | null = null;
  private isUp = false;
  private isClosed = false;
  private losses = 0;
  private stalls = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly timeoutMs: number,
    private readonly events: ConnectionEvents,
  ) {}

  open(): void {
    void this.connect();
  }

  /** The client while it is up, else null. */
  get current(): Client | null {
    return this.isUp ? this.client : null;
  }

  /** The answer within the time limit; rejects with the library's error or `LimitPassed`. */
  async send(command: RedisCommand): Promise<RedisReply> {
    const client = this.current;
    if (!client) throw new LimitPassed('not connected');
    try {
      const reply = await within(this.timeoutMs, client.sendCommand<RedisReply>([...command], BYTES));
      this.stalls = 0;
      return reply;
    } catch (error) {
      if (error instanceof ErrorReply) this.stalls = 0;
      else if (error instanceof LimitPassed && ++this.stalls >= MOST_STALLS) this.lose(client, error);
      throw error;
    }
  }

  /** Ends what is open and connects no more. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    this.isUp = false;
    if (client) retire(client);
  }

  /** Takes a client for lost; one that has been replaced by then is ignored. */
  lose(client: Client | null, error: unknown): void {
    if (client !== this.client || this.isClosed) return;
    this.client = null;
    this.isUp = false;
    clearTimeout(this.timer);
    if (client) retire(client);
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** this.losses, LAST_RETRY_MS);
    this.losses = Math.min(this.losses + 1, 16);
    this.timer = setTimeout(() => void this.connect(), waitMs).unref();
    this.events.down(error);
  }

  private async connect(): Promise<void> {
    let client: Client | null = null;
    try {
      const opening = openClient(this.url, CONNECT_LIMIT_MS);
      client = opening;
      this.client = client;
      client.on('error', (error: unknown) => this.lose(opening, error));
      // The library's own limit covers the socket, not the password check behind it.
      this.timer = setTimeout(
        () => this.lose(opening, new LimitPassed('no greeting')),
        CONNECT_LIMIT_MS,
      ).unref();
      await client.connect();
      if (this.client !== client) return retire(client);
      await within(this.timeoutMs, client.sendCommand(['PING']));
      await within(CONNECT_LIMIT_MS, this.events.prepare(client));
      if (this.client !== client) return;
      clearTimeout(this.timer);
      this.isUp = true;
      this.stalls = 0;
      this.events.up();
      this.beat(client);
    } catch (error) {
      this.lose(client, error);
    }
  }

  /** Finds a peer that vanished without a word, and forgives earlier losses once a connection has held. */
  private beat(client: Client): void {
    this.timer = setTimeout(() => {
      within(HEARTBEAT_LIMIT_MS, client.sendCommand(['PING'])).then(
        () => {
          if (this.client !== client) return;
          this.losses = 0;
          this.beat(client);
        },
        (error: unknown) => this.lose(client, error),
      );
    }, HEARTBEAT_MS).unref();
  }
}
