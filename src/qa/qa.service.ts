import { Injectable } from '@nestjs/common';
import type { CheckBody } from './check.schema.js';
import { checkText, type TextCheck } from './text-check.js';

/** The measures as a service. It fetches nothing and keeps nothing. */
@Injectable()
export class QaService {
  check(request: CheckBody): TextCheck {
    return checkText(request);
  }
}
