import { setImmediate as nextTurn } from 'node:timers/promises';
import { bindTaskId, currentRequestId, withRequestId } from './correlation.js';
import { Log } from './log.js';

function openLog(logLevel: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const log = new Log({ logLevel, environment: 'test' }, { write: (line) => void lines.push(line) });
  const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, parsed, written: () => lines.join('') };
}

describe('Log', () => {
  it('writes one line of JSON an event, from its level up', () => {
    const { log, parsed } = openLog();
    log.debug('run.step');
    log.info('run.started', { stage: 'ideator' });
    log.warn('run.slow');
    expect(parsed()).toEqual([
      { level: 'info', time: expect.any(String), msg: 'run.started', stage: 'ideator' },
      { level: 'warn', time: expect.any(String), msg: 'run.slow' },
    ]);
  });

  it('writes the kind, the words and the place of an error, not its own fields', () => {
    const { log, parsed } = openLog();
    log.error(
      'run.failed',
      Object.assign(new TypeError('no such row'), { parameters: ['a private letter'] }),
    );
    log.error('run.failed', 'a string');
    expect(parsed()[0]).toMatchObject({
      level: 'error',
      err: { type: 'TypeError', message: 'no such row', stack: expect.stringContaining('log.spec') },
    });
    expect(parsed()[0]!['err']).not.toHaveProperty('parameters');
    expect(parsed()[1]).toMatchObject({ err: { message: 'a string' } });
  });
});

describe('what must not be logged', () => {
  const planted = 'planted-words-of-a-person';

  it.each([
    { prompt: planted },
    { text: planted },
    { content: planted },
    { Authorization: `Bearer ${planted}` },
    { request: { headers: { cookie: planted, authorization: planted } } },
    { a: { b: { c: { password: planted } } } },
    { snippets: [{ id: 1, text: planted }] },
    { list: [{ prompt: planted }] },
    { access_token: planted, apiKey: planted, JWT_SECRET_KEY: planted, clientSecret: planted },
    { a: { b: { c: { d: { e: { f: { g: planted } } } } } } },
  ])('is withheld by its name: %j', (fields) => {
    const { log, written } = openLog();
    log.info('event', fields);
    log.error('event', new Error('x'), fields);
    expect(written()).not.toContain(planted);
    expect(written()).toContain('[redacted]');
  });

  it.each([
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl',
    'sk-proj-abcdefghij1234567890KLMN',
    'AKIAABCDEFGHIJKLMNOP',
  ])('is masked by its shape, wherever it stands: %s', (secret) => {
    const { log, written } = openLog();
    log.info('event', { reason: `refused ${secret} at the door`, deep: { list: [secret] } });
    log.error('event', new Error(`cannot use ${secret}`));
    expect(written()).not.toContain(secret);
    expect(written()).toContain('refused [');
  });

  it.each([
    ['anna@example.org', '[email]'],
    ['+49 30 901820', '[phone_number]'],
    ['(212) 555-0142', '[phone_number]'],
    ['+49 (0) 30 901 820', '[phone_number]'],
    ['4111 1111 1111 1111', '[payment_card]'],
  ])('is masked as what it is, wherever it stands: %s', (planted, mask) => {
    const { log, written } = openLog();
    log.info('event', { reason: `no answer from ${planted}, again`, deep: { list: [planted] } });
    log.error('event', new Error(`cannot reach ${planted}`));
    expect(written()).not.toContain(planted);
    expect(written()).toContain(`no answer from ${mask}, again`);
  });

  it.each([
    'connect ECONNREFUSED 10.20.30.40:5432',
    '0198f2c4-0000-7000-8000-000000000000',
    '00123456-7890-4123-8123-123456789012',
    '2026-11-22T10:11:12.000Z',
    'at run (/app/node_modules/@scope/name/dist/index.js:1234:567)',
    'took 1234567 of 2000000 bytes',
    'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('leaves what operators need: %s', (value) => {
    const { log, parsed } = openLog();
    log.info('event', { value });
    expect(parsed()[0]).toMatchObject({ value });
  });

  it('lets counts through whose names only look alike', () => {
    const { log, parsed } = openLog();
    log.info('event', { input_tokens: 12, context_chars: 3, code: 'auth.token_expired', at: new Date(0) });
    expect(parsed()[0]).toMatchObject({
      input_tokens: 12,
      context_chars: 3,
      code: 'auth.token_expired',
      at: '1970-01-01T00:00:00.000Z',
    });
  });
});

describe('correlation', () => {
  it('puts the ids of a request into every line, across awaits, and into none outside', async () => {
    const { log, parsed } = openLog();
    log.info('before');
    await withRequestId('r1', async () => {
      log.info('first');
      await nextTurn();
      bindTaskId('t1');
      await nextTurn();
      log.info('second');
      expect(currentRequestId()).toBe('r1');
    });
    log.info('after');
    expect(parsed().map(({ msg, request_id, task_id }) => [msg, request_id, task_id])).toEqual([
      ['before', undefined, undefined],
      ['first', 'r1', undefined],
      ['second', 'r1', 't1'],
      ['after', undefined, undefined],
    ]);
    expect(currentRequestId()).toBeNull();
  });

  it('keeps requests apart that run at the same time', async () => {
    const { log, parsed } = openLog();
    const request = (name: string) =>
      withRequestId(`request-${name}`, async () => {
        for (let turn = 0; turn < 5; turn++) {
          await nextTurn();
          if (turn === 2) bindTaskId(`task-${name}`);
          log.info(name);
        }
      });
    await Promise.all(['a', 'b', 'c'].map(request));
    const lines = parsed();
    expect(lines).toHaveLength(15);
    for (const { msg, request_id } of lines) expect(request_id).toBe(`request-${msg}`);
    const bound = lines.filter((line) => 'task_id' in line);
    expect(bound).toHaveLength(9);
    for (const { msg, task_id } of bound) expect(task_id).toBe(`task-${msg}`);
  });

  it('does nothing to bind a task outside of a request', () => {
    const { log, parsed } = openLog();
    bindTaskId('t1');
    log.info('event');
    expect(parsed()[0]).not.toHaveProperty('task_id');
  });
});
