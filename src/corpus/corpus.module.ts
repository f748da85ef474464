import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { CacheModule } from '../cache/index.js';
import { DatabaseModule } from '../database/index.js';
import { MemoryModule } from '../memory/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { AnalysisProgress } from './analysis/analysis-progress.repository.js';
import { BackgroundAnalysis } from './analysis/background-analysis.js';
import { DocumentAnalysis } from './analysis/document-analysis.js';
import { SafetyScreening } from './analysis/safety-screening.js';
import { ScreeningRepository } from './analysis/screening.repository.js';
import { CorporaController } from './corpora.controller.js';
import { CorporaService } from './corpora.service.js';
import { CorpusOverviewService } from './corpus-overview.service.js';
import { CorpusRevisions } from './documents/corpus-revisions.repository.js';
import { CorpusSummaries } from './documents/corpus-summaries.repository.js';
import { DocumentRepository } from './documents/document.repository.js';
import { DocumentComparison } from './documents/document-comparison.repository.js';
import { DocumentList } from './documents/document-list.repository.js';
import { DocumentRemoval } from './documents/document-removal.repository.js';
import { DocumentsController } from './documents/documents.controller.js';
import { DocumentsService } from './documents/documents.service.js';
import { DocumentWriter } from './documents/imported-document.js';
import { KeptCopies } from './documents/kept-copies.js';
import { OwnerQuota } from './documents/owner-quota.repository.js';
import { PostgresDocumentWriter } from './documents/postgres-document.writer.js';
import { SourceDocuments } from './documents/source-documents.repository.js';
import { TermRenewal } from './documents/term-renewal.js';
import { TermRenewalRepository } from './documents/term-renewal.repository.js';
import { UserTags } from './documents/user-tags.repository.js';
import { ExportService } from './exports/export.service.js';
import { ExportedDocuments } from './exports/exported-documents.repository.js';
import { ExportsController } from './exports/exports.controller.js';
import { ImportRepository } from './imports/import.repository.js';
import { ImportService } from './imports/import.service.js';
import { ImportLease } from './imports/import-lease.js';
import { ImportQueue } from './imports/import-queue.js';
import { ImportReading } from './imports/import-reading.js';
import { ImportRecords } from './imports/import-records.service.js';
import { ImportResumption } from './imports/import-resumption.js';
import { ImportRollback } from './imports/import-rollback.js';
import { ImportRunner } from './imports/import-runner.js';
import { ImportUndoRepository } from './imports/import-undo.repository.js';
import { ImportUndoService } from './imports/import-undo.service.js';
import { ImportUndoing } from './imports/import-undoing.js';
import { ImportUploadService } from './imports/import-upload.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { MirrorService } from './imports/mirror.service.js';
import { UploadSpool } from './imports/upload-spool.js';
import { RetentionController } from './retention/retention.controller.js';
import { RetentionJob } from './retention/retention.job.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { RetentionService } from './retention/retention.service.js';
import { LexicalRanker } from './search/lexical-ranker.js';
import { RankWeights } from './search/rank-weights.js';
import { Ranker } from './search/ranker.port.js';
import { SearchRepository } from './search/search.repository.js';
import { SearchService } from './search/search.service.js';
import { StaleVoices } from './voice/stale-voices.js';
import { VoiceController } from './voice/voice.controller.js';
import { VoiceRepository } from './voice/voice.repository.js';
import { VoiceService } from './voice/voice.service.js';
import { VoiceProfiles } from './voice/voice-profiles.js';

@Module({
  imports: [AuditModule, AuthModule, CacheModule, DatabaseModule, MemoryModule, TelemetryModule],
  controllers: [
    CorporaController,
    DocumentsController,
    ExportsController,
    ImportsController,
    RetentionController,
    VoiceController,
  ],
  providers: [
    { provide: DocumentWriter, useClass: PostgresDocumentWriter },
    AnalysisProgress,
    BackgroundAnalysis,
    DocumentAnalysis,
    OwnerQuota,
    SafetyScreening,
    ScreeningRepository,
    StaleVoices,
    CorpusRevisions,
    DocumentRepository,
    KeptCopies,
    TermRenewal,
    TermRenewalRepository,
    { provide: Ranker, useClass: LexicalRanker },
    RankWeights,
    SearchRepository,
    SearchService,
    CorporaService,
    CorpusOverviewService,
    CorpusSummaries,
    DocumentComparison,
    DocumentList,
    DocumentRemoval,
    DocumentsService,
    ExportedDocuments,
    ExportService,
    SourceDocuments,
    UserTags,
    ImportRepository,
    ImportUndoRepository,
    ImportLease,
    ImportQueue,
    ImportReading,
    ImportRecords,
    ImportResumption,
    ImportRollback,
    ImportRunner,
    ImportService,
    ImportUndoing,
    ImportUndoService,
    ImportUploadService,
    MirrorService,
    UploadSpool,
    RetentionJob,
    RetentionRepository,
    RetentionService,
    VoiceRepository,
    VoiceProfiles,
    VoiceService,
  ],
  exports: [
    AnalysisProgress,
    BackgroundAnalysis,
    CorpusRevisions,
    DocumentWriter,
    DocumentRepository,
    SearchService,
    CorporaService,
    ImportRecords,
    ImportService,
    ImportUndoService,
    VoiceProfiles,
  ],
})
export class CorpusModule {}
