import { Injectable } from '@nestjs/common';
import { DocumentAnalysis } from './document-analysis.js';
import { ScreeningRepository } from './screening.repository.js';

/** Looks stored texts through for what asks for care. */
@Injectable()
export class SafetyScreening {
  constructor(
    private readonly repository: ScreeningRepository,
    private readonly analysis: DocumentAnalysis,
  ) {}

  /** Looks some through; false where none is left that is free. */
  screenNext(): Promise<boolean> {
    return this.repository.screenNext((texts) => this.analysis.screen(texts));
  }
}
