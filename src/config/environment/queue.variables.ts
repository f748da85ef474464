import { integer, variable } from './variable.js';

/** How many runs may wait for a worker, and how they are worked on. */
export const queueVariables = {
  QUEUE_WORKERS: variable(
    integer(0, 256).default(1),
    '1',
    'queued runs this process works on at once; 0 leaves them to `mcg-agent worker` (never without DATABASE_URL)',
  ),
  QUEUE_MAX_PER_OWNER: variable(
    integer(1, 10_000).default(4),
    '4',
    'most queued runs of one user that are worked on at once, over all workers',
  ),
  QUEUE_MAX_QUEUED: variable(
    integer(1, 1_000_000).default(10_000),
    '10000',
    'most runs that wait for a worker; beyond it an async query is refused with 503',
  ),
  QUEUE_MAX_QUEUED_PER_OWNER: variable(
    integer(1, 1_000_000).default(1_000),
    '1000',
    'most of them of one user; beyond it 429',
  ),
  QUEUE_MAX_ATTEMPTS: variable(
    integer(1, 20).default(3),
    '3',
    'how often a run is tried that fails for a passing reason or loses its process, before it is given up',
  ),
  EVENTS_MAX_READERS: variable(
    integer(1, 100_000).default(1_000),
    '1000',
    'most open event streams of this process, one user at most half of them; beyond it 503 or 429',
  ),
};
