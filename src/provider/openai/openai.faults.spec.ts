import { openAiSettings } from '../../../test/support/openai-settings.js';
import { type Fault, OpenAiStub } from '../../../test/support/openai-stub.js';
import { SystemClock } from '../../shared/index.js';
import type { CallRetry } from '../text-generation.port.js';
import { createOpenAiProvider } from './openai.factory.js';
import { OUTLINE_REQUEST } from './openai.fixture.js';

interface Expected {
  readonly code: string;
  readonly kind: string;
  readonly retryable: boolean;
  readonly reason?: string;
  readonly retryAfterSeconds?: number;
}

const status = (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}): Fault => ({
  kind: 'status',
  status: code,
  ...more,
});
const content = (text: string): Fault => ({ kind: 'parts', parts: { content: text } });
const point = (members: object) => JSON.stringify({ headline: 'h', points: [members] });

const overloaded: Expected = { code: 'provider.overloaded', kind: 'unavailable', retryable: true };
const limited: Expected = { code: 'provider.rate_limited', kind: 'unavailable', retryable: true };
const unreachable: Expected = { code: 'provider.unreachable', kind: 'unavailable', retryable: true };
const timeout: Expected = { code: 'provider.timeout', kind: 'timeout', retryable: true };
const rejected: Expected = { code: 'provider.rejected', kind: 'bad_gateway', retryable: false };
const unauthorized: Expected = { code: 'provider.unauthorized', kind: 'bad_gateway', retryable: false };
const filtered: Expected = { code: 'provider.content_filtered', kind: 'bad_gateway', retryable: false };
const refused: Expected = { code: 'provider.refused', kind: 'bad_gateway', retryable: false };
const invalid = (reason: string): Expected => ({
  code: 'provider.invalid_output',
  kind: 'bad_gateway',
  retryable: false,
  reason,
});

/** Repeated: these pass by themselves. */
const PASSING: readonly (readonly [string, Fault, Expected])[] = [
  ['408', status(408), timeout],
  ['409', status(409), overloaded],
  ['429 without Retry-After', status(429), limited],
  [
    '429 with Retry-After',
    status(429, { headers: { 'retry-after': '0' } }),
    { ...limited, retryAfterSeconds: 0 },
  ],
  ['500', status(500), overloaded],
  ['503', status(503), overloaded],
  ['a reset', { kind: 'reset' }, unreachable],
  ['half a body', { kind: 'half_body' }, unreachable],
  ['no answer in time', { kind: 'hang' }, timeout],
  ['a slow drip', { kind: 'drip', everyMs: 50 }, timeout],
];

/** Not repeated: the same call would meet the same end. */
const LASTING: readonly (readonly [string, Fault, Expected])[] = [
  ['400', status(400), rejected],
  ['400 of a content filter', status(400, { code: 'content_filter' }), filtered],
  ['401', status(401), unauthorized],
  ['403', status(403), unauthorized],
  ['404, an unknown model', status(404, { code: 'model_not_found' }), rejected],
  ['422', status(422), rejected],
  ['a redirect', status(307, { headers: { location: 'http://127.0.0.1:9/v1' } }), rejected],
  ['429 of an empty account', status(429, { code: 'insufficient_quota' }), { ...limited, retryable: false }],
  ['malformed JSON', { kind: 'body', body: '{"choices": [' }, invalid('malformed_json')],
  ['a page instead of JSON', { kind: 'body', body: '<html>', type: 'text/html' }, invalid('malformed_json')],
  ['JSON of another shape', { kind: 'body', body: '{"answer": 42}' }, invalid('schema')],
  ['an empty body', { kind: 'body', body: '' }, invalid('schema')],
  ['a list without choices', { kind: 'no_choices' }, invalid('empty')],
  ['an empty text', content(' '), invalid('empty')],
  ['a refusal', { kind: 'parts', parts: { content: null, refusal: 'No.' } }, refused],
  ['a content filter', { kind: 'parts', parts: { finishReason: 'content_filter' } }, filtered],
  [
    'a truncated text',
    { kind: 'parts', parts: { content: '{"head', finishReason: 'length' } },
    invalid('truncated'),
  ],
  ['a text that is no JSON', content('Sure! Here it is.'), invalid('malformed_json')],
  ['a missing field', content('{"headline": "h"}'), invalid('schema')],
  ['a field too many', content('{"headline": "h", "points": [], "note": ""}'), invalid('schema')],
  ['a sentence without a source', content(point({ text: 'It burned.', snippet_ids: [] })), invalid('schema')],
  [
    'an unknown source',
    content(point({ text: 'It burned.', snippet_ids: ['s0'] })),
    invalid('unknown_snippet'),
  ],
  ['10 MB', { kind: 'huge' }, invalid('too_large')],
];

describe.each(['chat', 'responses'] as const)('faults of an OpenAI-compatible API, %s', (api) => {
  let stub: OpenAiStub;
  beforeEach(async () => {
    stub = await OpenAiStub.start();
  });
  afterEach(() => stub.stop());

  async function meet(fault: Fault, expected: Expected) {
    stub.faultFor = () => fault;
    const retries: CallRetry[] = [];
    // Only what never ends is waited out: a busy machine is no fault of the API.
    const timeoutMs = fault.kind === 'hang' || fault.kind === 'drip' ? 400 : 20_000;
    const settings = openAiSettings(stub.baseUrl, { api, maxRetries: 1, timeoutMs });
    const provider = createOpenAiProvider(settings, { clock: new SystemClock() });
    const options = {
      signal: new AbortController().signal,
      reservationId: 'reservation-1',
      onRetry: (retry: CallRetry) => retries.push(retry),
    };
    const error = await provider.generate(OUTLINE_REQUEST, options).catch((thrown: unknown) => thrown);
    const { reason, ...plain } = expected;
    expect(error).toMatchObject({ ...plain, hint: expect.stringMatching(/\w/) });
    if (reason) expect(error).toMatchObject({ details: { reason } });
    expect([...stub.reservations]).toEqual(['reservation-1']);
    return retries;
  }

  it.each(PASSING)('repeats after %s, and then says so', async (_what, fault, expected) => {
    const retries = await meet(fault, expected);
    expect(stub.calls).toHaveLength(2);
    expect(retries).toEqual([
      { attempt: 1, waitMs: expect.any(Number), code: expected.code, wasSent: expect.any(Boolean) },
    ]);
  });

  it.each(LASTING)('does not repeat after %s', async (_what, fault, expected) => {
    expect(await meet(fault, expected)).toEqual([]);
    expect(stub.calls).toHaveLength(1);
  });

  it('cuts off an answer of 10 MB at its socket', async () => {
    await meet({ kind: 'huge' }, invalid('too_large'));
    await untilTrue(() => stub.abandoned === 1);
  });

  it('says that nobody listens at the address', async () => {
    const { baseUrl } = stub;
    await stub.stop();
    const settings = openAiSettings(baseUrl, { api, maxRetries: 0 });
    const provider = createOpenAiProvider(settings, { clock: new SystemClock() });
    const options = { signal: new AbortController().signal, reservationId: null };
    await expect(provider.generate(OUTLINE_REQUEST, options)).rejects.toMatchObject(unreachable);
    await expect(provider.probe(options.signal)).rejects.toMatchObject(unreachable);
    stub = await OpenAiStub.start();
  });
});

async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
