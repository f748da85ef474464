import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { CacheModule } from '../cache/index.js';
import { DatabaseModule } from '../database/index.js';
import { MemoryModule } from '../memory/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { CorporaController } from './corpora.controller.js';
import { CorporaService } from './corpora.service.js';
import { CorpusRevisions } from './documents/corpus-revisions.repository.js';
import { DocumentRepository } from './documents/document.repository.js';
import { DocumentWriter } from './documents/imported-document.js';
import { KeptCopies } from './documents/kept-copies.js';
import { PostgresDocumentWriter } from './documents/postgres-document.writer.js';
import { ImportRepository } from './imports/import.repository.js';
import { ImportService } from './imports/import.service.js';
import { ImportLease } from './imports/import-lease.js';
import { ImportRunner } from './imports/import-runner.js';
import { ImportUploadService } from './imports/import-upload.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { UploadSpool } from './imports/upload-spool.js';
import { SearchRepository } from './search/search.repository.js';
import { SearchService } from './search/search.service.js';
import { VoiceController } from './voice/voice.controller.js';
import { VoiceRepository } from './voice/voice.repository.js';
import { VoiceService } from './voice/voice.service.js';
import { VoiceProfiles } from './voice/voice-profiles.js';

@Module({
  imports: [AuditModule, AuthModule, CacheModule, DatabaseModule, MemoryModule, TelemetryModule],
  controllers: [CorporaController, ImportsController, VoiceController],
  providers: [
    { provide: DocumentWriter, useClass: PostgresDocumentWriter },
    CorpusRevisions,
    DocumentRepository,
    KeptCopies,
    SearchRepository,
    SearchService,
    CorporaService,
    ImportRepository,
    ImportLease,
    ImportRunner,
    ImportService,
    ImportUploadService,
    UploadSpool,
    VoiceRepository,
    VoiceProfiles,
    VoiceService,
  ],
  exports: [
    CorpusRevisions,
    DocumentWriter,
    DocumentRepository,
    SearchService,
    CorporaService,
    ImportService,
    VoiceProfiles,
  ],
})
export class CorpusModule {}
