export { Redis, type RedisState } from './redis.js';
export { RedisModule } from './redis.module.js';
export type { RedisCommand, RedisReply } from './redis-reply.js';
