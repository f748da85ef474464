import { execFileSync } from 'node:child_process';
import { oldLimitBytes, readHeap } from './heap-reading.js';

const MEBIBYTE = 1024 ** 2;

describe('oldLimitBytes', () => {
  it.each([
    [['--max-old-space-size=100'], 100],
    [['--max-old-space-size=200'], 200],
    [['--max-old-space-size=512'], 512],
    [['--max-old-space-size=2048'], 2_048],
    [['--max-old-space-size=512', '--max-semi-space-size=128'], 512],
    [['--max-old-space-size=512', '--max_semi_space_size=1'], 512],
  ])('is where this V8 ends a process with %j', (flags, mebibytes) => {
    const script = 'console.log(require("v8").getHeapStatistics().heap_size_limit)';
    const said = execFileSync(process.execPath, [...flags, '-e', script], { encoding: 'utf8' });
    expect(oldLimitBytes(Number(said), flags) / MEBIBYTE).toBe(mebibytes);
  });

  it('leaves a part of any heap', () => {
    expect(oldLimitBytes(200 * MEBIBYTE, [])).toBe(50 * MEBIBYTE);
  });
});

describe('readHeap', () => {
  it('leaves the young generation out of what is used', () => {
    const { heapUsedBytes, heapLimitBytes, heapResidentBytes } = readHeap();
    expect(heapUsedBytes).toBeGreaterThan(MEBIBYTE);
    expect(heapUsedBytes).toBeLessThan(process.memoryUsage().heapUsed * 1.1);
    expect(heapLimitBytes).toBeGreaterThan(heapUsedBytes);
    expect(heapResidentBytes).toBeGreaterThan(MEBIBYTE);
  });
});
