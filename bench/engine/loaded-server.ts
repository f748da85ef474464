import { type ImportReport, ImportService } from '../../src/corpus/index.js';
import { type RunningServer, serve } from '../../src/serve.js';
import type { CorpusName } from '../../src/shared/index.js';
import type { Engine } from './engine.js';

export const OWNER = 'bench';

/** Starts the application of an engine in this process. */
export function startServer(engine: Engine): Promise<RunningServer> {
  return serve(engine.settings);
}

/** Imports a file or folder. Throws where the import did not take everything. */
export async function importInto(
  server: RunningServer,
  corpus: CorpusName,
  path: string,
): Promise<ImportReport> {
  const imports = server.app.get(ImportService, { strict: false });
  const record = await imports.run({ userId: OWNER, scopes: ['corpora:write'] }, { corpus, path });
  if (record.state === 'succeeded' && record.report.created > 0) return record.report;
  throw new Error(`the import of ${path} ended ${record.state}: ${JSON.stringify(record.error)}`);
}

/** Imports the sample corpora that come with the project. */
export async function importExamples(server: RunningServer, root: string): Promise<void> {
  await importInto(server, 'personal', `${root}/examples/personal/conversations.json`);
  await importInto(server, 'social', `${root}/examples/social`);
  await importInto(server, 'published', `${root}/examples/published`);
}
