import { DataSource } from 'typeorm';
import {
  type DocumentBatch,
  DocumentWriter,
  type ImportedDocument,
  SearchService,
} from '../../src/corpus/index.js';
import { type RunningServer, serve } from '../../src/serve.js';
import { type Engine, makeEngine } from '../engine/engine.js';

const BATCH_DOCUMENTS = 500;
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
    }
  }

  /** Lets the planner see what was stored, as it does by itself after a while. */
  async settle(): Promise<void> {
    await this.server.app.get(DataSource, { strict: false }).query('ANALYZE');
  }

  /** The external ids of the documents found, best first, each once. */
  async search(ownerId: string, text: string, limit = LIMIT): Promise<string[]> {
    const search = this.server.app.get(SearchService, { strict: false });
    const { hits } = await search.search({ ownerId, corpus: 'published', text, limit, asOf: AS_OF });
    return [...new Set(hits.map(({ snippet }) => snippet.attribution.externalId))];
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.engine.remove();
  }
}
