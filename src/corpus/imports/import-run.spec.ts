import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AppError, SystemClock } from '../../shared/index.js';
import { storableId } from '../documents/document-content.js';
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

  override async settle(): Promise<void> {}
}

const OWNER = { ownerId: 'alice', importId: '0198f2c4-0000-7000-8000-000000000001', since: null };
const TARGET = { corpus: 'personal', source: 'chatgpt' } as const;
const CLOCK = new SystemClock();

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
  const importRun = new ImportRun(writer, OWNER, CLOCK);
  await importRun.consume(TARGET, stream(events), beat);
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

  it('writes in batches of at most 8,000, and sooner where texts are long', async () => {
    const writer = new MemoryWriter();
    await run(
      writer,
      Array.from({ length: 16_201 }, (_, i) => document(`d${i}`)),
    );
    expect(writer.batchSizes).toEqual([8000, 8000, 201]);
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

  it('takes a document once that comes again, in whatever thread', async () => {
    const writer = new MemoryWriter();
    const report = await run(writer, [
      document('m', 'x', 't1'),
      document('m', 'x', 't1'),
      document('m', 'x', 't2'),
      document('n'),
    ]);
    expect([...writer.stored.keys()]).toEqual(['m', 'n']);
    expect(report).toMatchObject({ read: 4, created: 2, skipped: 2 });
  });

  it('stops where its beat says so, and tells what was stored until then', async () => {
    const writer = new MemoryWriter();
    const importRun = new ImportRun(writer, OWNER, CLOCK);
    const events = Array.from({ length: 8400 }, (_, i) => document(`d${i}`));
    const stop: Pick<AppError, 'code'> = { code: 'stop' };
    await expect(importRun.consume(TARGET, stream(events), () => Promise.reject(stop))).rejects.toBe(stop);
    expect(importRun.report).toMatchObject({ created: 8000, read: 8000 });
  });

  const at = (externalId: string, createdAt: string | null): ImportEvent => {
    const event = document(externalId);
    return event.kind === 'document' ? { ...event, document: { ...event.document, createdAt } } : event;
  };

  it('leaves out what is older than the time to start at, and keeps what has no time', async () => {
    const writer = new MemoryWriter();
    const importRun = new ImportRun(writer, { ...OWNER, since: '2025-02-01T00:00:00.000Z' }, CLOCK);
    const events = [
      at('old', '2025-01-31T23:59:59Z'),
      at('same', '2025-02-01T00:00:00Z'),
      at('zoned', '2025-02-01T01:30:00+02:00'),
      at('undated', null),
    ];
    await importRun.consume(TARGET, stream(events), async () => {});
    expect([...writer.stored.keys()]).toEqual(['same', 'undated']);
    expect(importRun.report).toMatchObject({ read: 4, created: 2, skipped: 2, unreadable: 0 });
    expect(importRun.report.skippedReasons).toEqual([
      {
        reason: 'older than the time to start at',
        count: 2,
        examples: [{ position: 'old' }, { position: 'zoned' }],
      },
    ]);
    expect(importRun.report.notes.map(({ count, examples }) => [count, examples])).toEqual([
      [1, [{ position: 'undated' }]],
    ]);
  });

  it('adds the parts of an input up, and keeps equal ids of two sources apart', async () => {
    const writer = new MemoryWriter();
    const importRun = new ImportRun(writer, OWNER, CLOCK);
    const part = (id: string, bytes: number): ImportEvent[] => [
      { kind: 'progress', bytesRead: bytes / 2, totalBytes: bytes },
      document(id),
      { kind: 'progress', bytesRead: bytes, totalBytes: bytes },
    ];
    const beat = async () => {};
    await importRun.consume(TARGET, stream(part('a', 100)), beat, 1);
    expect(importRun.report).toMatchObject({ bytesRead: 100, totalBytes: 100, partsWaiting: 1 });
    await importRun.consume({ corpus: 'social', source: 'x' }, stream(part('a', 50)), beat, 0);
    expect(importRun.report).toMatchObject({ bytesRead: 150, totalBytes: 150, partsWaiting: 0, skipped: 0 });
    expect([importRun.held('chatgpt', 'a'), importRun.held('x', 'a'), importRun.held('x', 'b')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(importRun.documentCount).toBe(2);
  });

  it('knows an export’s documents by the ids they are stored under', async () => {
    const importRun = new ImportRun(new MemoryWriter(), OWNER, CLOCK);
    const id = `${'long '.repeat(200)}\u0000`;
    await importRun.consume(TARGET, stream([document(id)]), async () => {});
    expect(importRun.held('chatgpt', storableId(id))).toBe(true);
  });
});
