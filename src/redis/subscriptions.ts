import type { Log } from '../telemetry/index.js';
import type { Client } from './redis-client.js';
import { RedisConnection } from './redis-connection.js';
import { redisReason } from './redis-reason.js';

interface Subscription {
  readonly channel: string;
  readonly listener: (message: string) => void;
  readonly onSubscribed: () => void;
}

/** Channels listened to, on a connection of their own since Redis allows no other command beside them. */
export class Subscriptions {
  private readonly all: Subscription[] = [];
  private readonly connection: RedisConnection;
  private isOpen = false;

  constructor(
    url: string,
    timeoutMs: number,
    private readonly log: Log,
  ) {
    this.connection = new RedisConnection(url, timeoutMs, {
      prepare: async (client) => void (await Promise.all(this.all.map((each) => this.begin(client, each)))),
      up: () => {
        for (const each of this.all) this.safely(each.channel, each.onSubscribed);
      },
      // The connection for commands tells the operator; this one would say the same again.
      down: (error) => this.log.debug('redis.subscriptions_down', { reason: redisReason(error) }),
    });
  }

  add(subscription: Subscription): void {
    this.all.push(subscription);
    const client = this.connection.current;
    if (client) {
      this.begin(client, subscription).then(
        () => this.safely(subscription.channel, subscription.onSubscribed),
        (error: unknown) => this.connection.lose(client, error),
      );
    } else if (!this.isOpen) {
      this.isOpen = true;
      this.connection.open();
    }
  }

  close(): void {
    this.connection.close();
  }

  private async begin(client: Client, { channel, listener }: Subscription): Promise<void> {
    await client.subscribe(channel, (message) => this.safely(channel, () => listener(message)));
  }

  /** A listener that throws inside the library would break its decoder for all others. */
  private safely(channel: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.log.error('redis.listener_failed', error, { channel });
    }
  }
}
