import fc from 'fast-check';
import { GroupCommit } from './group-commit.js';

describe('GroupCommit', () => {
  it('writes what comes together at once, and gives each its own result', async () => {
    const batches: number[][] = [];
    const commit = new GroupCommit<number, string>(async (items) => {
      batches.push([...items]);
      return items.map((item) => `r${item}`);
    });
    expect(await Promise.all([1, 2, 3].map((item) => commit.add(item)))).toEqual(['r1', 'r2', 'r3']);
    expect(await commit.add(4)).toBe('r4');
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('lets those of a failed write fail, and nobody else', async () => {
    const commit = new GroupCommit<number, number>(async (items) => {
      if (items.includes(2)) throw new Error('full');
      return items;
    });
    const first = Promise.allSettled([commit.add(1), commit.add(2)]);
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await commit.add(3)).toBe(3);
  });

  it('never writes three times at once, never loses or swaps an item, whatever the timing', async () => {
    const items = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(items, async (pauses) => {
        let writing = 0;
        const commit = new GroupCommit<number, number>(async (batch) => {
          expect(++writing).toBeLessThanOrEqual(2);
          await new Promise(setImmediate);
          writing--;
          return batch.map((item) => item * 2);
        });
        const results: Promise<number>[] = [];
        for (const [item, pause] of pauses.entries()) {
          results.push(commit.add(item));
          for (let turn = 0; turn < pause; turn++) await new Promise(setImmediate);
        }
        expect(await Promise.all(results)).toEqual(pauses.map((_, item) => item * 2));
      }),
      { numRuns: 50 },
    );
  });
});
