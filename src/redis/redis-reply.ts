/** What Redis answered; texts come as bytes, so that nothing is lost in decoding. */
export type RedisReply = null | number | string | Buffer | readonly RedisReply[];

/** A command and its arguments; the name comes first. */
export type RedisCommand = readonly (string | Buffer)[];
