import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadSettings, packageInfo } from '../../src/config/index.js';
import { closeOnSignal, serve } from '../../src/serve.js';
import { importExamples } from '../engine/loaded-server.js';

export interface MemoryReply {
  readonly url: string;
  readonly rssBytes: number;
}

/** A collection frees pages a moment after it is over. */
const SETTLE_MS = 300;

async function residentBytes(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await sleep(SETTLE_MS);
  }
  return process.memoryUsage.rss();
}

/** A server in a process of its own that tells its memory when asked. */
async function run(send: (reply: MemoryReply) => void): Promise<void> {
  const server = await serve(loadSettings());
  closeOnSignal(server);
  await importExamples(server, packageInfo().root);
  process.on('message', async () => send({ url: server.url, rssBytes: await residentBytes() }));
  send({ url: server.url, rssBytes: process.memoryUsage.rss() });
}

if (process.send) await run((reply) => void process.send?.(reply));
