import { DataSource } from 'typeorm';
import {
  type DocumentBatch,
  DocumentWriter,
  type ImportedDocument,
  type ImportReport,
  ImportService,
  RankWeights,
  SearchService,
} from '../../src/corpus/index.js';
import { type RunningServer, serve } from '../../src/serve.js';
import { type Engine, makeEngine } from '../engine/engine.js';

const BATCH_DOCUMENTS = 8_000;
const LIMIT = 100;
/** Later than any document of the sets, so that none lies in the future. */
const AS_OF = '2026-01-01';

/** A database of the evaluation's own, filled and searched through the product's services. */
export class EvalDatabase {
  private constructor(
    private readonly engine: Engine,
    private readonly server: RunningServer,
  ) {}

  static async open(databaseUrl: string | null): Promise<EvalDatabase> {
    const engine = await makeEngine(databaseUrl === null ? 'embedded' : 'postgresql', databaseUrl);
    try {
      return new EvalDatabase(engine, await serve(engine.settings));
    } catch (error) {
      await engine.remove();
      throw error;
    }
  }

  /** Stores documents as the published corpus of an owner. */
  async store(ownerId: string, documents: readonly ImportedDocument[]): Promise<void> {
    const writer = this.server.app.get(DocumentWriter, { strict: false });
    for (let from = 0; from < documents.length; from += BATCH_DOCUMENTS) {
      const batch: DocumentBatch = {
        ownerId,
        corpus: 'published',
        source: 'eval',
        documents: documents.slice(from, from + BATCH_DOCUMENTS),
      };
      await writer.write(batch);
      // A database that runs for a while knows of a corpus that grows.
      if (from === 0) await this.settle();
    }
  }

  /** Imports a file or folder for an owner, each part into its usual corpus, and waits for the end. */
  async import(ownerId: string, path: string): Promise<ImportReport> {
    const imports = this.server.app.get(ImportService, { strict: false });
    const actor = { userId: ownerId, scopes: ['corpora:write'] } as const;
    const { report, error } = await imports.run(actor, { path });
    if (error !== null) throw new Error(`${error.code}: ${error.message}`);
    return report;
  }

  /** Lets the planner see what was stored, as it does by itself after a while. */
  async settle(): Promise<void> {
    await this.server.app.get(DataSource, { strict: false }).query('ANALYZE');
  }

  /** The external ids of the documents found, best first, each once. */
  async search(
    ownerId: string,
    text: string,
    { limit = LIMIT, asOf = AS_OF }: { readonly limit?: number; readonly asOf?: string | undefined } = {},
  ): Promise<string[]> {
    const search = this.server.app.get(SearchService, { strict: false });
    const { hits } = await search.search({ ownerId, corpus: 'published', text, limit, asOf });
    return [...new Set(hits.map(({ snippet }) => snippet.attribution.externalId))];
  }

  /** The signs of relevance that the product weighs. */
  signs(): string[] {
    return Object.keys(this.weights()).filter((sign) => sign !== 'lightWords');
  }

  /** Does the work while one sign of relevance counts nothing. */
  async without<T>(sign: string, work: () => Promise<T>): Promise<T> {
    const weights = this.weights();
    const weight = Reflect.get(weights, sign);
    Reflect.set(weights, sign, 0);
    try {
      return await work();
    } finally {
      Reflect.set(weights, sign, weight);
    }
  }

  private weights(): RankWeights {
    return this.server.app.get(RankWeights, { strict: false });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.engine.remove();
  }
}
