import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { Log } from '../telemetry/index.js';
import { Listeners } from './listeners.js';
import { Notifications } from './notifications.port.js';

const CONNECT_LIMIT_MS = 5_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const HEARTBEAT_MS = 10_000;
/** After a statement without an answer for so long the connection counts as lost. */
const ANSWER_LIMIT_MS = 5_000;

/**
 * LISTEN and NOTIFY of PostgreSQL. Listens on one connection of its own, which is opened for the first listener and
 * comes back by itself; speaks through the pool.
 */
export class PostgresNotifications extends Notifications {
  private readonly listeners: Listeners;
  private client: Client | null = null;
  private isUp = false;
  private isClosed = false;
  private losses = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {
    super();
    this.listeners = new Listeners(log);
  }

  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onListening: () => void = () => {},
  ): () => void {
    const listener = { onMessage, onListening };
    this.listeners.add(channel, listener);
    const { client } = this;
    if (client && this.isUp)
      client.query(`LISTEN ${quoted(channel)}`).then(
        () => this.listeners.begun(channel, listener),
        (error: unknown) => this.lose(client, error),
      );
    else if (!client && this.timer === undefined) void this.connect();
    return () => {
      if (!this.listeners.remove(channel, listener) || !this.client || !this.isUp) return;
      // A lost connection listens to nothing either.
      this.client.query(`UNLISTEN ${quoted(channel)}`).catch(() => {});
    };
  }

  async notify(channel: string, payload: string): Promise<void> {
    await this.dataSource.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  /** Ends what is open and connects no more. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    this.isUp = false;
    await client?.end().catch(() => {});
  }

  private async connect(): Promise<void> {
    if (this.isClosed) return;
    const client = new Client({
      connectionString: this.url,
      application_name: 'mcg-agent-listen',
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      query_timeout: ANSWER_LIMIT_MS,
      keepAlive: true,
    });
    this.client = client;
    client.on('error', (error) => this.lose(client, error));
    client.on('end', () => this.lose(client, new Error('the connection was closed')));
    client.on('notification', ({ channel, payload = '' }) => this.listeners.tell(channel, payload));
    try {
      await client.connect();
      const { channels } = this.listeners;
      for (const channel of channels) await client.query(`LISTEN ${quoted(channel)}`);
      await this.begin(client, channels);
    } catch (error) {
      this.lose(client, error);
    }
  }

  /** Channels that were added while the connection was made are listened to before it counts as up. */
  private async begin(client: Client, heard: readonly string[]): Promise<void> {
    const late = this.listeners.channels.filter((channel) => !heard.includes(channel));
    if (late.length > 0) {
      for (const channel of late) await client.query(`LISTEN ${quoted(channel)}`);
      return this.begin(client, [...heard, ...late]);
    }
    if (this.client !== client) return;
    this.isUp = true;
    if (this.losses > 0) this.log.info('database.listening_again');
    this.listeners.begin(heard);
    this.beat(client);
  }

  /** Finds a server that vanished without a word, and forgives earlier losses once a connection has held. */
  private beat(client: Client): void {
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => {
          if (this.client !== client) return;
          this.losses = 0;
          this.beat(client);
        },
        (error: unknown) => this.lose(client, error),
      );
    }, HEARTBEAT_MS).unref();
  }

  /** Takes a client for lost; one that has been replaced by then is ignored. */
  private lose(client: Client, error: unknown): void {
    if (client !== this.client || this.isClosed) return;
    this.client = null;
    this.isUp = false;
    clearTimeout(this.timer);
    client.end().catch(() => {});
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** this.losses, LAST_RETRY_MS);
    this.losses = Math.min(this.losses + 1, 16);
    const reason = error instanceof Error ? error.message || error.name : String(error);
    this.log.warn('database.listening_lost', { reason, retry_ms: waitMs });
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.connect();
    }, waitMs).unref();
  }
}

function quoted(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
