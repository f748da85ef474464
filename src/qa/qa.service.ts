import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AnalysisMemo } from './analysis/analysis-memo.js';
import type { CheckBody } from './check.schema.js';
import { checkText } from './text-check.js';
import type { TextCheck } from './text-check-answer.js';

/** The measures as a service. It fetches nothing and keeps nothing. */
@Injectable()
export class QaService {
  /** Reads source by source and lets others have their turn between; the limits of a check bound the rest, one turn. */
  async check(request: CheckBody): Promise<TextCheck> {
    const memo = new AnalysisMemo();
    for (const source of request.sources) {
      memo.text(source);
      await nextTurn();
    }
    return checkText(request, memo);
  }
}
