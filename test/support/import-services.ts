import { AuditLog } from '../../src/audit/index.js';
import { OwnerPolicy } from '../../src/auth/index.js';
import { AnalysisProgress } from '../../src/corpus/analysis/analysis-progress.repository.js';
import { CorpusSummaries } from '../../src/corpus/documents/corpus-summaries.repository.js';
import { DocumentComparison } from '../../src/corpus/documents/document-comparison.repository.js';
import { DocumentRemoval } from '../../src/corpus/documents/document-removal.repository.js';
import type { DocumentWriter } from '../../src/corpus/documents/imported-document.js';
import { KeptCopies } from '../../src/corpus/documents/kept-copies.js';
import { SourceDocuments } from '../../src/corpus/documents/source-documents.repository.js';
import { ImportRepository } from '../../src/corpus/imports/import.repository.js';
import { ImportService } from '../../src/corpus/imports/import.service.js';
import { ImportLease } from '../../src/corpus/imports/import-lease.js';
import { ImportQueue } from '../../src/corpus/imports/import-queue.js';
import { ImportReading } from '../../src/corpus/imports/import-reading.js';
import { ImportRecords } from '../../src/corpus/imports/import-records.service.js';
import { ImportResumption } from '../../src/corpus/imports/import-resumption.js';
import { ImportRollback } from '../../src/corpus/imports/import-rollback.js';
import { ImportRunner } from '../../src/corpus/imports/import-runner.js';
import { ImportUndoRepository } from '../../src/corpus/imports/import-undo.repository.js';
import { ImportUndoService } from '../../src/corpus/imports/import-undo.service.js';
import { ImportUndoing } from '../../src/corpus/imports/import-undoing.js';
import { ImportUploadService } from '../../src/corpus/imports/import-upload.service.js';
import { MirrorService } from '../../src/corpus/imports/mirror.service.js';
import { UploadSpool } from '../../src/corpus/imports/upload-spool.js';
import { VoiceRepository } from '../../src/corpus/voice/voice.repository.js';
import { SystemClock, SystemIds } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import type { TestDatabase } from './database.js';
import { documentWriterOn } from './document-writer.js';
import { FORGETFUL } from './forgetful-cache.js';

/** How one process is set up. */
export interface ImportSetting {
  /** Where uploads are spooled. */
  readonly dataDirectory: string;
  /** Whether it is the only process of its database, as with the embedded one. */
  readonly isSole?: boolean;
  readonly quotaBytesPerOwner?: number | null;
  /** In place of the real writer. */
  readonly writer?: DocumentWriter;
}

/** What does imports, as one process has it; several of them on one database are several processes. */
export function importServicesOn(database: TestDatabase, setting: ImportSetting) {
  const { dataSource } = database;
  const { dataDirectory, isSole = false, quotaBytesPerOwner = null } = setting;
  const config = {
    dataDirectory,
    maxUploadBytes: 1 << 20,
    quotaBytesPerOwner,
    retentionDays: null,
    undoDays: 90,
  };
  const clock = new SystemClock();
  const ids = new SystemIds();
  const log = new Log({ logLevel: 'silent', environment: 'test' });
  const audit = new AuditLog(dataSource, clock, log);
  const owners = new OwnerPolicy(audit);
  const writer = setting.writer ?? documentWriterOn(database, quotaBytesPerOwner);
  const removal = new DocumentRemoval(dataSource, clock, new VoiceRepository(dataSource, clock));
  const copies = new KeptCopies(FORGETFUL);
  const repository = new ImportRepository(dataSource, clock);
  const url = isSole ? null : 'postgres://shared';
  const lease = new ImportLease(repository, { url, poolSize: 1, waitSeconds: 0, dataDirectory }, log, ids);
  const queue = new ImportQueue(lease);
  const mirror = new MirrorService(new SourceDocuments(dataSource), removal, copies);
  const reading = new ImportReading(writer, new DocumentComparison(dataSource), mirror, clock, log);
  const runner = new ImportRunner(repository, queue, reading, audit, clock, log);
  const summaries = new CorpusSummaries(dataSource, config);
  const imports = new ImportService(repository, runner, lease, owners, summaries, ids);
  const records = new ImportRecords(repository, lease, owners, new AnalysisProgress(dataSource));
  const rollback = new ImportRollback(new ImportUndoRepository(dataSource), writer, removal, copies);
  const undoing = new ImportUndoing(repository, queue, rollback, audit, log);
  const undo = new ImportUndoService(records, undoing, config, clock);
  const spool = new UploadSpool(config, ids, clock);
  const resumption = new ImportResumption(repository, lease, runner, undoing, spool, log);
  const uploads = new ImportUploadService(spool, imports);
  return {
    imports,
    records,
    undo,
    undoing,
    uploads,
    spool,
    repository,
    lease,
    queue,
    resumption,
    removal,
    summaries,
    writer,
  };
}

export type ImportServices = ReturnType<typeof importServicesOn>;
