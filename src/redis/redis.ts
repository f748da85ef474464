import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { ErrorReply } from '@redis/client';
import type { RedisConfig } from '../config/index.js';
import { AppError } from '../shared/index.js';
import type { Log } from '../telemetry/index.js';
import { RedisConnection } from './redis-connection.js';
import { redisReason, replyCode } from './redis-reason.js';
import type { RedisCommand, RedisReply } from './redis-reply.js';
import { Subscriptions } from './subscriptions.js';

/** Whether Redis is configured at all, and whether it answers. */
export type RedisState = 'unused' | 'up' | 'down';

/**
 * The one optional Redis that replicas share. It connects by itself, again and again; while it is away every
 * command fails at once, and none ever takes longer than the configured time limit.
 */
export class Redis implements OnModuleInit, OnApplicationShutdown {
  private readonly commands: RedisConnection | null;
  private readonly subscriptions: Subscriptions | null;
  /** Null until the first attempt has ended. */
  private isUp: boolean | null = null;

  constructor(
    { url, timeoutMs }: RedisConfig,
    private readonly log: Log,
  ) {
    this.subscriptions = url === null ? null : new Subscriptions(url, timeoutMs, log);
    this.commands =
      url === null
        ? null
        : new RedisConnection(url, timeoutMs, {
            prepare: async () => {},
            up: () => this.changed(true),
            down: (error) => this.changed(false, redisReason(error)),
          });
  }

  /** Begins to connect and waits for nothing. */
  onModuleInit(): void {
    this.commands?.open();
  }

  onApplicationShutdown(): void {
    this.commands?.close();
    this.subscriptions?.close();
  }

  get isConfigured(): boolean {
    return this.commands !== null;
  }

  state(): RedisState {
    if (!this.commands) return 'unused';
    return this.commands.current ? 'up' : 'down';
  }

  /**
   * Sends one command. Rejects with an `AppError`, kind `unavailable`: `redis.unavailable` when there was no
   * answer in time, `redis.refused` when Redis answered with an error (its code in `details.reply`).
   */
  async send(command: RedisCommand): Promise<RedisReply> {
    if (!this.commands) throw unavailable('REDIS_URL is not set.');
    try {
      return await this.commands.send(command);
    } catch (error) {
      if (error instanceof ErrorReply)
        throw new AppError('redis.refused', 'unavailable', 'Redis refused a command.', {
          details: { reply: replyCode(error) },
          cause: error,
        });
      throw unavailable('Redis does not answer.', error);
    }
  }

  /** Tells all subscribers of a channel, in every replica; fails as `send` does. */
  async publish(channel: string, message: string): Promise<void> {
    await this.send(['PUBLISH', channel, message]);
  }

  /**
   * Listens to a channel for as long as the process lives. `onSubscribed` is called each time that listening
   * begins, the first time included: what was published before may have been missed.
   */
  subscribe(channel: string, listener: (message: string) => void, onSubscribed: () => void = () => {}): void {
    this.subscriptions?.add({ channel, listener, onSubscribed });
  }

  private changed(isUp: boolean, reason?: string): void {
    if (isUp === this.isUp) return;
    this.isUp = isUp;
    if (isUp) this.log.info('redis.up');
    else this.log.warn('redis.down', { reason });
  }
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('redis.unavailable', 'unavailable', message, { cause });
}
