import fc from 'fast-check';
import { ByteWindow } from './byte-window.js';

async function* chunksOf(bytes: Buffer, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

describe('ByteWindow', () => {
  it('shows the stream between what was discarded and what was read, whatever the sizes', async () => {
    const stream = Buffer.from(Array.from({ length: 1 << 20 }, (_, i) => (i * 31 + (i >> 8)) & 0xff));
    const steps = fc.array(fc.record({ fill: fc.nat(700_000), discard: fc.nat(400_000) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1000, max: 300_000 }), steps, async (chunkBytes, moves) => {
        const window = new ByteWindow(chunksOf(stream, chunkBytes));
        let start = 0;
        for (const { fill, discard } of moves) {
          await window.fill(fill);
          const { bytes } = window;
          expect(bytes.length).toBeGreaterThanOrEqual(Math.min(fill, stream.length - start));
          expect(bytes.equals(stream.subarray(start, start + bytes.length))).toBe(true);
          start += Math.min(discard, bytes.length);
          window.discard(discard);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives up the memory of a large value, and keeps what follows it', async () => {
    const stream = Buffer.alloc(9 << 20, 'abcdefg');
    const window = new ByteWindow(chunksOf(stream, 1 << 18));
    await window.fill(stream.length);
    window.discard(stream.length - 1000);
    expect(window.bytes.equals(stream.subarray(-1000))).toBe(true);
    expect(window.bytes.buffer.byteLength).toBeLessThanOrEqual(4 << 20);
  });
});
