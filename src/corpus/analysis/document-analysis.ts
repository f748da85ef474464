import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { AppError } from '../../shared/index.js';
import { type BatchContent, type PreparedBatch, prepareBatch } from '../documents/prepared-batch.js';
import { type ScreenedText, safetyTagsOf } from '../documents/safety-tags.js';

const WORKER = fileURLToPath(new URL('./analysis.worker.js', import.meta.url));
/** Run from the sources there is no built worker beside this file: then this thread does the work. */
const HAS_WORKER = existsSync(WORKER);
/** Some 20 ms of work: less is done here at once, and looked through as well. */
const DONE_HERE_CHARS = 50_000;
const MAX_THREADS = 4;
/** Threads that nobody needs give their memory back. */
const IDLE_MS = 5_000;
/** A thread collects its garbage in time: left alone, it takes three times as much. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 };
/** What a thread has room for; more is done here, with the memory of the process. */
const MOST_THREAD_CHARS = 8 * 1024 * 1024;

/** What is computed of texts: in threads of their own where it is much, so that requests do not wait for it. */
@Injectable()
export class DocumentAnalysis implements OnApplicationShutdown {
  private threads: Piscina | null = null;

  /** Throws `corpus.analysis_failed` where a thread ended in the middle of it. */
  async prepare(content: BatchContent): Promise<PreparedBatch> {
    const chars = charsOf(content.documents);
    if (chars <= DONE_HERE_CHARS) return prepareBatch(content, safetyTagsOf);
    if (!HAS_WORKER || chars > MOST_THREAD_CHARS) return prepareBatch(content, null);
    return this.inThread('prepare', content);
  }

  /** The safety tags of each text, in order. Throws `corpus.analysis_failed`. */
  async screen(texts: readonly ScreenedText[]): Promise<readonly (readonly string[])[]> {
    if (HAS_WORKER && charsOf(texts) <= MOST_THREAD_CHARS) return this.inThread('screen', texts);
    const tags: (readonly string[])[] = [];
    for (const text of texts) {
      tags.push(safetyTagsOf(text));
      await nextTurn();
    }
    return tags;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.threads?.destroy();
    this.threads = null;
  }

  private async inThread<T>(name: 'prepare' | 'screen', input: unknown): Promise<T> {
    this.threads ??= new Piscina({
      filename: WORKER,
      minThreads: 0,
      maxThreads: Math.min(MAX_THREADS, Math.max(1, availableParallelism() - 1)),
      idleTimeout: IDLE_MS,
      resourceLimits: THREAD_LIMITS,
      recordTiming: false,
    });
    try {
      return await this.threads.run(input, { name });
    } catch (cause) {
      throw new AppError('corpus.analysis_failed', 'unavailable', 'The texts could not be analysed.', {
        hint: 'Import again: what is stored is recognised. If it happens again, give the process more memory.',
        cause,
      });
    }
  }
}

function charsOf(documents: readonly { readonly text: string }[]): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}
