import { AnalysisProgress } from '../../src/corpus/analysis/analysis-progress.repository.js';
import { BackgroundAnalysis } from '../../src/corpus/analysis/background-analysis.js';
import { DocumentAnalysis } from '../../src/corpus/analysis/document-analysis.js';
import { SafetyScreening } from '../../src/corpus/analysis/safety-screening.js';
import { ScreeningRepository } from '../../src/corpus/analysis/screening.repository.js';
import type { ImportedDocument } from '../../src/corpus/documents/imported-document.js';
import type { PostgresDocumentWriter } from '../../src/corpus/documents/postgres-document.writer.js';
import { StaleVoices } from '../../src/corpus/voice/stale-voices.js';
import { VoiceRepository } from '../../src/corpus/voice/voice.repository.js';
import type { Pressure } from '../../src/memory/index.js';
import { SystemClock } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import type { TestDatabase } from '../support/database.js';
import { documentWriterOn } from '../support/document-writer.js';

type Open = () => Promise<TestDatabase>;

const CARD = 'My card is 4111 1111 1111 1111.';
const LONG = 'So I went home, and it was late. '.repeat(2_000);

/** What follows an import in the background, whichever database holds it. */
export function describeBackgroundAnalysis(open: Open): void {
  let database: TestDatabase;
  let processes: Process[] = [];

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    processes = [];
    await database.dataSource.query(
      'TRUNCATE corpus_scopes, corpus_counts, documents, replaced_documents, terms, postings, voice_profiles',
    );
  });
  afterEach(() => Promise.all(processes.map((each) => each.background.beforeApplicationShutdown())));

  const start = () => {
    const process = new Process(database);
    processes.push(process);
    return process;
  };

  it('looks through what a bulk stored and learns its voice, when the bulk has ended', async () => {
    const process = start();
    process.background.onApplicationBootstrap();
    await process.background.settled();
    await process.write(bulk(6));
    await process.write(bulk(6, 6));
    await process.writer.settle('alice', 'personal');
    await process.background.settled();
    expect(await process.progress()).toEqual([
      { corpus: 'personal', total: 12, pending: 0, voicePending: false },
    ]);
    expect(await process.tagsOf('d3')).toEqual(['pii:payment_card']);
    expect(await process.voices()).toMatchObject([{ register: 'chat', is_stale: false }]);
  });

  it('does after a restart what the process before it left', async () => {
    const first = start();
    await first.write(bulk(8));
    expect(await first.progress()).toMatchObject([{ pending: 8, voicePending: true }]);
    const second = start();
    second.background.onApplicationBootstrap();
    await second.background.settled();
    expect(await second.progress()).toMatchObject([{ pending: 0 }]);
  });

  it('is done by several processes at the same time without doing any of it twice', async () => {
    const several = [start(), start(), start()];
    for (const ownerId of ['alice', 'bob', 'carol', 'dora']) await several[0]!.write(bulk(10), ownerId);
    await Promise.all(several.map(({ background }) => background.settled()));
    await several[0]!.background.settled();
    for (const ownerId of ['alice', 'bob', 'carol', 'dora'])
      expect(await several[0]!.progress(ownerId)).toMatchObject([{ total: 10, pending: 0 }]);
    expect(several.reduce((sum, { screened }) => sum + screened.length, 0)).toBe(40);
  });

  it('makes way for a bulk that is being written', async () => {
    const process = start();
    await process.write(bulk(4));
    let settled: Promise<void> = Promise.resolve();
    await process.writer.activity.during(async () => {
      settled = process.background.settled();
      await process.write(bulk(4, 4));
      expect(process.screened).toEqual([]);
    });
    await settled;
    expect(await process.progress()).toMatchObject([{ total: 8, pending: 0 }]);
  });

  it('waits while memory is tight', async () => {
    const process = start();
    await process.write(bulk(4));
    process.pressure = 'warn';
    await process.background.settled();
    expect(await process.progress()).toMatchObject([{ pending: 4 }]);
    process.pressure = 'ok';
    await process.background.settled();
    expect(await process.progress()).toMatchObject([{ pending: 0 }]);
  });

  it('tells what failed, and does it when it is asked again', async () => {
    const process = start();
    await process.write(bulk(4));
    process.failNext = true;
    await process.background.settled();
    expect(process.logged).toContain('corpus.analysis_delayed');
    expect(await process.progress()).toMatchObject([{ pending: 4 }]);
    await process.background.settled();
    expect(await process.progress()).toMatchObject([{ pending: 0 }]);
  });

  it('ends with the process, in the middle of it', async () => {
    const process = start();
    await process.write(bulk(40));
    const settled = process.background.settled();
    await process.background.beforeApplicationShutdown();
    await settled;
    const [{ pending } = { pending: -1 }] = await process.progress();
    expect(pending).toBeGreaterThan(0);
    expect(await process.unscreenedRows()).toBe(pending);
  });

  it('sets a wrong count right', async () => {
    const process = start();
    await process.write([note('a', 'Frost.')]);
    await database.dataSource.query('UPDATE corpus_scopes SET unscreened_count = 3');
    await process.background.settled();
    expect(await process.progress()).toMatchObject([{ total: 1, pending: 0 }]);
  });
}

/** The parts of one process that work on a database. */
class Process {
  readonly writer: PostgresDocumentWriter;
  readonly background: BackgroundAnalysis;
  /** Texts it looked through. */
  readonly screened: string[] = [];
  logged = '';
  pressure: Pressure = 'ok';
  failNext = false;

  constructor(private readonly database: TestDatabase) {
    const { dataSource } = database;
    const clock = new SystemClock();
    this.writer = documentWriterOn(database);
    const analysis = new DocumentAnalysis();
    const { screen } = analysis;
    analysis.screen = async (texts) => {
      if (this.failNext) {
        this.failNext = false;
        throw new Error('the thread ended');
      }
      this.screened.push(...texts.map(({ text }) => text));
      return screen.call(analysis, texts);
    };
    this.background = new BackgroundAnalysis(
      new SafetyScreening(new ScreeningRepository(dataSource), analysis),
      new StaleVoices(new VoiceRepository(dataSource, clock), clock, this.writer),
      this.writer,
      { pressure: () => this.pressure },
      clock,
      new Log(
        { logLevel: 'error', environment: 'test' },
        {
          write: (line: string) => {
            this.logged += line;
          },
        },
      ),
    );
  }

  write(documents: readonly ImportedDocument[], ownerId = 'alice') {
    return this.writer.write({ ownerId, corpus: 'personal', source: 'notes', documents });
  }

  progress(ownerId = 'alice') {
    return new AnalysisProgress(this.database.dataSource).of(ownerId);
  }

  async tagsOf(externalId: string): Promise<readonly string[] | null | undefined> {
    const rows: { safety_tags: string[] | null }[] = await this.database.dataSource.query(
      'SELECT safety_tags FROM documents WHERE external_id = $1',
      [externalId],
    );
    return rows[0]?.safety_tags;
  }

  voices(): Promise<{ register: string; is_stale: boolean }[]> {
    return this.database.dataSource.query('SELECT register, is_stale FROM voice_profiles');
  }

  async unscreenedRows(): Promise<number> {
    const rows: { count: number }[] = await this.database.dataSource.query(
      'SELECT count(*)::int AS count FROM documents WHERE safety_tags IS NULL',
    );
    return rows[0]!.count;
  }
}

/** Too much to be looked through before it is stored; every third text names a card. */
function bulk(count: number, from = 0): ImportedDocument[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    return note(`d${at}`, at % 3 === 0 ? `${LONG}${CARD} ${at}` : `${LONG}${at}`);
  });
}

function note(externalId: string, text: string): ImportedDocument {
  const base = { threadId: null, authorRole: 'self', title: null, url: null, createdAt: null } as const;
  return { externalId, text, ...base, tags: [], attachments: [] };
}
