import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { builtCommandLine } from '../support/process-build.js';

interface Outcome {
  readonly seen: string[];
  readonly last: string;
  readonly peakBytes: number;
  readonly rssBytes: number;
}

/** Fills a real process until its pressure is at the limit, has its cache cleared, and lets it idle. */
async function filled(
  kind: 'buffers' | 'objects',
  limitMebibytes: number,
  flags: string[],
): Promise<Outcome> {
  const source = dirname(await builtCommandLine());
  const child = join(process.cwd(), 'test/support/memory-child.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    child,
    source,
    kind,
    `${limitMebibytes}`,
  ]);
  return JSON.parse(stdout) as Outcome;
}

describe('a process at its memory limit', () => {
  it.each<[string, 'buffers' | 'objects', number, string[]]>([
    ['objects kept, of memory', 'objects', 300, []],
    ['buffers kept, of memory', 'buffers', 300, []],
    ['objects kept, of the heap alone', 'objects', 0, ['--max-old-space-size=200']],
  ])('is not killed and returns to normal by itself: %s', async (_case, kind, limit, flags) => {
    const { seen, last, peakBytes } = await filled(kind, limit, flags);
    expect(seen).toContain('limit');
    expect(seen.at(-1)).toBe('ok');
    expect(last).toBe('ok');
    if (limit > 0) expect(peakBytes).toBeLessThan(limit * 1024 ** 2);
  });

  it('gives what its objects took back to the system', async () => {
    const { peakBytes, rssBytes } = await filled('objects', 300, []);
    expect(rssBytes).toBeLessThan(peakBytes / 2);
  });
});
