import OpenAI from 'openai';
import type { OpenAiSettings } from '../../src/config/index.js';
import type { OutlineRequest } from '../../src/provider/index.js';
import { createOpenAiProvider } from '../../src/provider/openai/openai.factory.js';
import { chatBody } from '../../src/provider/openai/openai-prompt.js';
import { generationTask } from '../../src/provider/prompting/index.js';
import { type Snippet, SystemClock, sha256Hex } from '../../src/shared/index.js';
import { Random } from '../corpus/random.js';
import { Vocabulary } from '../corpus/vocabulary.js';
import type { EngineName } from '../options.js';
import { atMost, type Measurement, milliseconds } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const LARGEST_RATIO = 1.25;
const WARM_UP = 300;
const CALLS = 500;
const SNIPPETS = 8;
const WORDS = 40;

const WAYS = ['adapter', 'sdk', 'fetch'] as const;
type Way = (typeof WAYS)[number];
type Calls = Readonly<Record<Way, () => Promise<unknown>>>;

/** One call through the adapter with all that is round it, against the same body sent by the SDK and by `fetch`. */
export async function benchProviderCall(
  engine: EngineName,
  baseUrl: string,
  repeats: number,
): Promise<Measurement[]> {
  const calls = callsTo(baseUrl);
  await medians(calls, WARM_UP);
  const rounds: Record<Way, number>[] = [];
  for (let i = 0; i < repeats; i++) rounds.push(await medians(calls, CALLS));
  const time = (way: Way) => milliseconds(median(rounds.map((round) => round[way])));
  const ratio = (way: Way) => median(rounds.map((round) => round.adapter / round[way]));
  const row = (measure: string, value: Pick<Measurement, 'value' | 'goal'>): Measurement => ({
    part: 'provider',
    engine,
    measure,
    ...value,
  });
  return [
    row(
      `call: adapter / bare SDK (${time('adapter')} / ${time('sdk')})`,
      atMost(LARGEST_RATIO, ratio('sdk')),
    ),
    row(`call: adapter / bare fetch (${time('adapter')} / ${time('fetch')})`, {
      value: ratio('fetch').toFixed(2),
    }),
  ];
}

function callsTo(baseUrl: string): Calls {
  const settings: OpenAiSettings = {
    apiKey: 'bench-key',
    model: 'gpt-4.1-mini',
    baseUrl,
    organization: null,
    api: 'chat',
    timeoutMs: 30_000,
    maxRetries: 2,
    requestsPerMinute: null,
    tokensPerMinute: null,
  };
  const request = outlineRequest();
  const body = chatBody(settings.model, generationTask(request));
  const adapter = createOpenAiProvider(settings, { clock: new SystemClock() });
  const sdk = new OpenAI({ apiKey: settings.apiKey, baseURL: baseUrl, maxRetries: 0 });
  const headers = { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' };
  return {
    adapter: () =>
      adapter.generate(request, {
        signal: new AbortController().signal,
        reservationId: 'bench',
        remainingMs: () => 60_000,
      }),
    sdk: () => sdk.chat.completions.create(body),
    fetch: async () => {
      const response = await fetch(`${baseUrl}/chat/completions`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return response.json();
    },
  };
}

/** The ways take turns, each first as often as the others, so that all meet the same neighbours. */
async function medians(calls: Calls, count: number): Promise<Record<Way, number>> {
  const timesMs: Record<Way, number[]> = { adapter: [], sdk: [], fetch: [] };
  for (let i = 0; i < count; i++)
    for (let turn = 0; turn < WAYS.length; turn++) {
      const way = WAYS[(i + turn) % WAYS.length]!;
      const startedMs = performance.now();
      await calls[way]();
      timesMs[way].push(performance.now() - startedMs);
    }
  return { adapter: median(timesMs.adapter), sdk: median(timesMs.sdk), fetch: median(timesMs.fetch) };
}

function outlineRequest(): OutlineRequest {
  const random = new Random(5);
  const vocabulary = new Vocabulary();
  const text = () => Array.from({ length: WORDS }, () => vocabulary.ranked(random, 0, 3_000)).join(' ');
  return {
    task: 'outline',
    role: 'ideator',
    prompt: `What did I say about ${vocabulary.ranked(random, 500, 3_000)}?`,
    mode: 'chat',
    tone: 'neutral',
    style: 'concise',
    snippets: Array.from({ length: SNIPPETS }, () => snippetOf(`${text()}.`)),
  };
}

function snippetOf(text: string): Snippet {
  const hash = sha256Hex(text);
  return {
    id: `s${hash.slice(0, 15)}`,
    text,
    score: 1,
    attribution: {
      documentId: hash.slice(0, 8),
      corpus: 'personal',
      source: 'chatgpt',
      externalId: hash.slice(0, 8),
      threadId: null,
      authorRole: 'self',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: hash,
    },
  };
}
