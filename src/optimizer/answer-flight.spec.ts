import { AnswerFlight } from './answer-flight.js';

const NEVER = new AbortController().signal;

describe('AnswerFlight', () => {
  it('leads once for all, and says who joined', async () => {
    const flight = new AnswerFlight();
    let led = 0;
    const all = await Promise.all([1, 2, 3].map(() => flight.share('k', NEVER, async () => ++led)));
    expect(all).toEqual([
      { value: 1, joined: false },
      { value: 1, joined: true },
      { value: 1, joined: true },
    ]);
  });

  it('lets the next one lead where the first fails', async () => {
    const flight = new AnswerFlight();
    const first = flight.share('k', NEVER, () => Promise.reject(new Error('x')));
    const others = [2, 3].map((value) => flight.share('k', NEVER, async () => value));
    await expect(first).rejects.toThrow('x');
    expect(await Promise.all(others)).toEqual([
      { value: 2, joined: false },
      { value: 2, joined: true },
    ]);
  });
});
