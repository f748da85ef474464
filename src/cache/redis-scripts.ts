/**
 * Each namespace has a token in Redis, and each entry begins with the token of its time: to forget a namespace its
 * token is deleted, and an entry under another token is none. Were tokens counted, one that Redis evicted would be
 * counted from the start again and bring back what had been forgotten.
 *
 * KEYS: token, entry. Answers the bytes after the token and the milliseconds left, or nil.
 */
export const READ_SCRIPT = `
local token = redis.call('GET', KEYS[1])
if not token then return false end
local entry = redis.call('GET', KEYS[2])
if not entry or string.sub(entry, 1, #token) ~= token then return false end
return {string.sub(entry, #token + 1), redis.call('PTTL', KEYS[2])}`;

/** KEYS: token, entry. ARGV: token to begin with where there is none, bytes, milliseconds to keep them. */
export const WRITE_SCRIPT = `
local token = redis.call('GET', KEYS[1])
if not token then
  token = ARGV[1]
  redis.call('SET', KEYS[1], token)
end
redis.call('SET', KEYS[2], token .. ARGV[2], 'PX', ARGV[3])
return 1`;
