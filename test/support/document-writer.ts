import { DocumentAnalysis } from '../../src/corpus/analysis/document-analysis.js';
import { OwnerQuota } from '../../src/corpus/documents/owner-quota.repository.js';
import { PostgresDocumentWriter } from '../../src/corpus/documents/postgres-document.writer.js';
import { VoiceRepository } from '../../src/corpus/voice/voice.repository.js';
import { SystemClock } from '../../src/shared/index.js';
import type { TestDatabase } from './database.js';

/** The writer of documents on a test's own database; without a quota where none is given. */
export function documentWriterOn(
  { dataSource, bulkCopy }: Pick<TestDatabase, 'dataSource' | 'bulkCopy'>,
  quotaBytesPerOwner: number | null = null,
): PostgresDocumentWriter {
  const clock = new SystemClock();
  const quota = new OwnerQuota({ quotaBytesPerOwner });
  const voices = new VoiceRepository(dataSource, clock);
  return new PostgresDocumentWriter(dataSource, bulkCopy, clock, new DocumentAnalysis(), voices, quota);
}
