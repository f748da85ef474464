export { AnalysisProgress, type CorpusAnalysis } from './analysis/analysis-progress.repository.js';
export { BackgroundAnalysis } from './analysis/background-analysis.js';
export { buildContextPack } from './context-pack/build-context-pack.js';
export type {
  ContextPack,
  ContextPackRequest,
  CorpusMix,
  PackChoice,
  PackConcept,
  PackEvidence,
  PackOmission,
} from './context-pack/context-pack.js';
export { packIsSufficient } from './context-pack/pack-sufficiency.js';
export { corporaView, searchView } from './corpora.schema.js';
export { CorporaService, type CorpusSearch } from './corpora.service.js';
export { CorpusModule } from './corpus.module.js';
export { CorpusRevisions } from './documents/corpus-revisions.repository.js';
export type { CorpusSummary, Document } from './documents/document.js';
export { DocumentRepository } from './documents/document.repository.js';
export {
  type BatchOutcome,
  type DocumentBatch,
  DocumentWriter,
  type ImportedDocument,
} from './documents/imported-document.js';

export { presentImport } from './imports/import.schema.js';
export { type ImportRequest, ImportService, type ImportWatch } from './imports/import.service.js';
export { registerImportParsers } from './imports/import-body.parser.js';
export type { ImportRecord, ImportReport, UndoReport } from './imports/import-record.js';
export { type FollowedImport, ImportRecords } from './imports/import-records.service.js';
export { ImportUndoService } from './imports/import-undo.service.js';
export { RankWeights } from './search/rank-weights.js';
export { SearchService } from './search/search.service.js';
export type {
  QueryTerm,
  RankFactor,
  RankReasons,
  SearchHit,
  SearchQuery,
  SearchResult,
  TurnBefore,
} from './search/search-query.js';
export { VoiceProfiles } from './voice/voice-profiles.js';
