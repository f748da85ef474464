import { z } from 'zod';
import { STRATEGIES } from '../../shared/index.js';
import { flag, integer, number, variable } from './variable.js';

/** How time, memory and work already done are used: optimizer, cache, memory, admission. */
export const arrangementVariables = {
  FEATURE_RESPONSE_OPTIMIZER: variable(
    flag().default(false),
    'true',
    'turns strategies, timeboxes, response cache and single flight on',
  ),
  OPTIMIZATION_STRATEGY: variable(
    z.enum(STRATEGIES).default('balanced'),
    'adaptive',
    'how time is spent where a request names no strategy',
  ),
  OPTIMIZATION_TIMEBOX_MS: variable(
    integer(1, 3_600_000).default(20_000),
    '20000',
    'longest time one operation of a run may take before its fallback, in milliseconds',
  ),
  OPTIMIZATION_ENABLE_CACHE: variable(
    flag().default(true),
    'true',
    'whether the optimizer keeps responses and answers',
  ),
  OPTIMIZATION_CACHE_TTL_MS: variable(
    integer(0, 2_592_000_000).default(300_000),
    '300000',
    'how long a response may be used again, in milliseconds; 0 keeps none',
  ),
  OPTIMIZATION_QA_MIN_TONE: variable(number(0, 1).default(0), '0.5', 'least tone score of a chosen text'),
  OPTIMIZATION_QA_MIN_STYLE: variable(number(0, 1).default(0), '0.5', 'least style score of a chosen text'),
  OPTIMIZATION_QA_MIN_OVERALL: variable(
    number(0, 1).default(0),
    '0.6',
    'least overall QA score of a chosen text',
  ),
  OPTIMIZATION_QA_ENFORCE: variable(
    flag().default(false),
    'true',
    'whether a text below those scores is refused: Revisor and Summarizer then keep their input, a draft ends the run',
  ),
  REDIS_URL: variable(
    z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' }).optional(),
    'redis://cache.internal:6379',
    'Redis 6.2 or newer, shared by replicas: second cache tier and rate limits',
  ),
  REDIS_TIMEOUT_MS: variable(
    integer(1, 10_000).default(100),
    '100',
    'longest a request waits for Redis before it goes on without, in milliseconds',
  ),
  MCG_CACHE_BACKEND: variable(
    z.enum(['none', 'memory', 'redis']).default('memory'),
    'memory',
    'none, memory (of this process) or redis (memory before Redis)',
  ),
  MCG_CACHE_TTL: variable(
    integer(0, 2_592_000).default(300),
    '300',
    'how long an entry is kept that names no time of its own, in seconds; 0 keeps none',
  ),
  MCG_CACHE_MAX_ITEMS: variable(
    integer(1, 1_000_000).default(10_000),
    '10000',
    'most entries this process keeps',
  ),
  MCG_CACHE_MAX_BYTES: variable(
    integer(1_024, Number.MAX_SAFE_INTEGER).default(64 * 1024 ** 2),
    '67108864',
    'most bytes this process keeps',
  ),
  MCG_CACHE_COMPRESS: variable(flag().default(false), 'true', 'whether large entries are compressed'),
  MEMORY_WARN_PERCENT: variable(
    integer(1, 100).default(80),
    '80',
    'share of the memory limit from which caches shrink and runs take the speed strategy',
  ),
  MEMORY_LIMIT_PERCENT: variable(
    integer(1, 100).default(90),
    '90',
    'share of the memory limit from which new work is refused with 503',
  ),
  MEMORY_LIMIT_BYTES: variable(
    integer(16 * 1024 ** 2, Number.MAX_SAFE_INTEGER).optional(),
    '536870912',
    'memory this process may use; unset: the limit of its container, else that of its heap alone',
  ),
  MEMORY_SAMPLE_MS: variable(
    integer(10, 60_000).default(1_000),
    '1000',
    'how often memory is looked at, in milliseconds',
  ),
  MEMORY_READY_FAILS_AT_LIMIT: variable(
    flag().default(false),
    'true',
    'whether readiness fails while memory is at its limit',
  ),
  QUERY_MAX_CONCURRENT: variable(
    integer(1, 10_000).default(32),
    '32',
    'most queries this process works on at once',
  ),
  QUERY_MAX_WAITING: variable(
    integer(0, 100_000).default(256),
    '256',
    'most queries that wait their turn, fairly between owners; beyond it 503 at once',
  ),
  RATE_LIMIT_PER_MINUTE: variable(
    integer(0, 10_000_000).default(1_200),
    '1200',
    'most requests a minute of one user, over all replicas where Redis is given; 0: no limit',
  ),
};
