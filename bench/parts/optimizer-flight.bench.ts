import { CACHE_NAMESPACES, Cache } from '../../src/cache/index.js';
import { atMost, isZero, type Measurement } from '../report/measurement.js';
import type { Stage } from './optimizer.bench.js';

const CALL_MS = 200;
const REQUESTS = 100;

interface Answered {
  readonly task_id: string;
  readonly metadata: { readonly cache: { readonly level: string; readonly source?: string } | null };
}

/** The calls for a hundred identical requests at once against those for one, nothing being kept of it before. */
export async function benchSingleFlight({
  server,
  client,
  stub,
  prompts,
  row,
}: Stage): Promise<Measurement[]> {
  await stub.tell({ delayMs: CALL_MS });
  const prompt = await answerable(client, prompts);
  await forgetAll(server.app.get(Cache, { strict: false }));
  await stub.tell({ delayMs: CALL_MS });
  await client.ask(prompt);
  const one = await stub.tell({});
  await forgetAll(server.app.get(Cache, { strict: false }));
  await stub.tell({ delayMs: CALL_MS });
  const replies = await Promise.all(Array.from({ length: REQUESTS }, () => client.post(prompt)));
  const all = await stub.tell({});

  const answers = replies.filter(({ status }) => status === 200);
  const parsed = answers.map(({ body }) => JSON.parse(body) as Answered);
  const ids = new Set(parsed.map((each) => each.task_id));
  const count = (source: string) => parsed.filter(({ metadata }) => metadata.cache?.source === source).length;
  const facts = `${all.calls} / ${one.calls}; joined ${count('joined')}, kept ${count('cached')}`;
  return [
    row(
      `single flight: calls for ${REQUESTS} identical requests / for one (${facts})`,
      atMost(1, all.calls / one.calls),
    ),
    row(
      'single flight: most calls of one operation',
      atMost(mostCallsOf(one.byTask), mostCallsOf(all.byTask)),
    ),
    row('single flight: requests without an answer and an id of their own', isZero(REQUESTS - ids.size)),
  ];
}

/** A second outline is part of some runs: of them too, single flight allows no more than one run makes. */
function mostCallsOf(byTask: Readonly<Record<string, number>>): number {
  return Math.max(...Object.values(byTask));
}

async function answerable(client: Stage['client'], prompts: readonly string[]): Promise<string> {
  for (const prompt of prompts) if ((await client.post(prompt)).status === 200) return prompt;
  throw new Error('no prompt is answered');
}

async function forgetAll(cache: Cache): Promise<void> {
  for (const namespace of CACHE_NAMESPACES) await cache.clear(namespace);
}
