import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CorpusName } from '../../shared/index.js';

/** How far the work in the background has come in one corpus. */
export interface CorpusAnalysis {
  readonly corpus: CorpusName;
  /** Documents stored. */
  readonly total: number;
  /** Documents that were not yet looked through for what asks for care. */
  readonly pending: number;
  /** Whether the voice is to be learned anew. */
  readonly voicePending: boolean;
}

const PROGRESS = `
  SELECT s.corpus, s.document_count AS total, s.unscreened_count AS pending, v.owner_id IS NOT NULL AS "voicePending"
  FROM corpus_scopes s LEFT JOIN voice_profiles v ON v.owner_id = s.owner_id AND v.is_stale
    AND v.register = CASE s.corpus WHEN 'personal' THEN 'chat' WHEN 'social' THEN 'post' ELSE 'article' END
  WHERE s.owner_id = $1 ORDER BY s.corpus`;

/** Tells what is left to do in the background, from counts that are kept. */
@Injectable()
export class AnalysisProgress {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** One entry for each corpus that the owner ever stored in. */
  of(ownerId: string): Promise<readonly CorpusAnalysis[]> {
    return this.dataSource.query<CorpusAnalysis[]>(PROGRESS, [ownerId]);
  }
}
