// A process that fills its memory with what a cache keeps, lets go at `limit`, then does nothing more.
// Arguments: the built `dist/src`, what to keep, the memory limit in MiB (0: none).
const [source, kind, limit] = process.argv.slice(2);
const load = (path) => import(`${source}/${path}`);
const { MemoryManager } = await load('memory/memory-manager.js');
const { ProcessMemory } = await load('memory/process-memory.js');
const { V8HeapCollector } = await load('memory/heap-collector.js');
const { SystemClock } = await load('shared/clock.js');

const MAKE = {
  buffers: (at) => Buffer.alloc(200 + ((at * 7_919) % 4_000), at),
  objects: (at) => Array.from({ length: 20 }, (_, index) => ({ index, text: `text ${at} ${index}` })),
};
const limitBytes = limit === '0' ? null : Number(limit) * 1024 ** 2;
const settings = { warnPercent: 80, limitPercent: 90, limitBytes, sampleMs: 50, readyFailsAtLimit: false };
const quiet = { info() {}, warn() {}, error() {}, memoryMeasured() {}, pressureActivated() {} };
const clock = new SystemClock();
const manager = new MemoryManager(
  settings,
  new ProcessMemory(limitBytes),
  new V8HeapCollector(),
  quiet,
  clock,
  quiet,
);

let kept = new Map();
const seen = [];
let peakBytes = 0;
manager.subscribe((now) => {
  seen.push(now);
  peakBytes = Math.max(peakBytes, manager.snapshot().rssBytes);
  if (now === 'limit') kept = new Map();
});
manager.onModuleInit();
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
for (let at = 0; !seen.includes('limit') && at < 5_000_000; at++) {
  kept.set(at, MAKE[kind](at));
  if (at % 500 === 0) await pause();
}
const lastMs = clock.elapsedMs() + 30_000;
while (manager.pressure() !== 'ok' && clock.elapsedMs() < lastMs) await pause();
const { rssBytes, reusableBytes, collections, lastPauseMs, usedShare } = manager.snapshot();
process.stdout.write(
  JSON.stringify({
    seen,
    peakBytes,
    rssBytes,
    reusableBytes,
    collections,
    lastPauseMs,
    usedShare,
    last: manager.pressure(),
  }),
);
manager.onApplicationShutdown();
