import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppError } from '../../shared/index.js';
import {
  type BatchOutcome,
  type DocumentBatch,
  DocumentWriter,
  type ImportedDocument,
} from '../documents/imported-document.js';
import type { ImportEvent } from '../importers/importer.port.js';
import { ImportRun } from './import-run.js';

/** Keeps documents by id, as the contract of the port says. */
class MemoryWriter extends DocumentWriter {
  readonly stored = new Map<string, ImportedDocument>();
  readonly batchSizes: number[] = [];

  async write({ documents }: DocumentBatch): Promise<BatchOutcome> {
    const outcome = { created: 0, changed: 0, unchanged: 0 };
    this.batchSizes.push(documents.length);
    for (const document of documents) {
      const before = this.stored.get(document.externalId);
      if (before === undefined) outcome.created++;
      else if (JSON.stringify(before) === JSON.stringify(document)) outcome.unchanged++;
      else outcome.changed++;
      this.stored.set(document.externalId, document);
    }
    return outcome;
  }

  async settle(): Promise<void> {}
}

const TARGET = { ownerId: 'alice', corpus: 'personal', source: 'chatgpt' } as const;

function document(
  externalId: string,
  text = `text of ${externalId}`,
  threadId: string | null = null,
): ImportEvent {
  return {
    kind: 'document',
    document: {
      externalId,
      threadId,
      authorRole: 'self',
      title: null,
      text,
      url: null,
      createdAt: null,
      tags: [],
      attachments: [],
    },
  };
}

async function* stream(events: readonly ImportEvent[]): AsyncGenerator<ImportEvent> {
  yield* events;
}

async function run(writer: DocumentWriter, events: readonly ImportEvent[], beat = async () => {}) {
  const importRun = new ImportRun(writer, TARGET);
  await importRun.consume(stream(events), beat);
  return importRun.report;
}

describe('ImportRun', () => {
  it('counts new, changed and unchanged, and a second run changes nothing', async () => {
    const writer = new MemoryWriter();
    await run(writer, [document('a'), document('b')]);
    const events = [document('a'), document('b', 'another text'), document('c')];
    expect(await run(writer, events)).toMatchObject({
      read: 3,
      created: 1,
      changed: 1,
      unchanged: 1,
      skipped: 0,
    });
    expect(await run(writer, events)).toMatchObject({ read: 3, created: 0, changed: 0, unchanged: 3 });
  });

  it('writes in batches of at most 2,000, and sooner where texts are long', async () => {
    const writer = new MemoryWriter();
    await run(
      writer,
      Array.from({ length: 4201 }, (_, i) => document(`d${i}`)),
    );
    expect(writer.batchSizes).toEqual([2000, 2000, 201]);
    const longTexts = new MemoryWriter();
    await run(
      longTexts,
      ['a', 'b', 'c'].map((id) => document(id, 'x'.repeat(3_000_000))),
    );
    expect(longTexts.batchSizes).toEqual([2, 1]);
  });

  it('fails with the batch that failed, but not before one that is still on its way has ended', async () => {
    const ended: string[] = [];
    class FailingWriter extends MemoryWriter {
      override async write(batch: DocumentBatch): Promise<BatchOutcome> {
        const isFirst = this.batchSizes.length === 0;
        const outcome = await super.write(batch);
        if (isFirst) throw new Error('the database went away');
        await nextTurn();
        ended.push(batch.documents[0]!.externalId);
        return outcome;
      }
    }
    const events = ['a', 'b', 'c', 'd'].map((id) => document(id, 'x'.repeat(5_000_000)));
    await expect(run(new FailingWriter(), events)).rejects.toThrow('the database went away');
    expect(ended).toEqual(['b']);
  });

  it('groups reasons, with their counts and at most 20 places', async () => {
    const skipped = Array.from(
      { length: 30 },
      (_, i): ImportEvent => ({ kind: 'skipped', position: `p${i}`, reason: 'empty' }),
    );
    const report = await run(new MemoryWriter(), [
      { kind: 'skipped', position: 'x', reason: 'broken', detail: 'near 5', count: 4 },
      ...skipped,
      { kind: 'noted', position: 'n', reason: 'guessed' },
    ]);
    expect(report).toMatchObject({ read: 34, skipped: 34 });
    expect(
      report.skippedReasons.map(({ reason, count, examples }) => [reason, count, examples.length]),
    ).toEqual([
      ['empty', 30, 20],
      ['broken', 4, 1],
    ]);
    expect(report.skippedReasons[1]?.examples).toEqual([{ position: 'x', detail: 'near 5' }]);
    expect(report.notes).toEqual([{ reason: 'guessed', count: 1, examples: [{ position: 'n' }] }]);
  });

  it('bounds the number of reasons', async () => {
    const events = Array.from(
      { length: 200 },
      (_, i): ImportEvent => ({ kind: 'skipped', position: 'p', reason: `r${i}` }),
    );
    const { skippedReasons, skipped } = await run(new MemoryWriter(), events);
    expect(skippedReasons.length).toBeLessThanOrEqual(51);
    expect(skippedReasons.reduce((sum, group) => sum + group.count, 0)).toBe(skipped);
  });

  it('keeps a message that stands in two threads in both, and a real repetition once', async () => {
    const writer = new MemoryWriter();
    const report = await run(writer, [
      document('m', 'x', 't1'),
      document('m', 'x', 't2'),
      document('m', 'x', 't2'),
      document('n'),
      document('n'),
    ]);
    expect([...writer.stored.keys()]).toEqual(['m', 't2:m', 'n']);
    expect(report).toMatchObject({ read: 5, created: 3, skipped: 2 });
  });

  it('stops where its beat says so, and tells what was stored until then', async () => {
    const writer = new MemoryWriter();
    const importRun = new ImportRun(writer, TARGET);
    const events = Array.from({ length: 2400 }, (_, i) => document(`d${i}`));
    const stop: Pick<AppError, 'code'> = { code: 'stop' };
    await expect(importRun.consume(stream(events), () => Promise.reject(stop))).rejects.toBe(stop);
    expect(importRun.report).toMatchObject({ created: 2000, read: 2000 });
  });
});
