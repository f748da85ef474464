import type { Span } from '../../shared/index.js';
import type { Finding, FindingKind } from '../report.js';

/** A finding about a piece of one sentence. */
export function findingAt(
  kind: FindingKind,
  sentence: number,
  text: string,
  span: Span,
  message: string,
): Finding {
  return {
    kind,
    sentence,
    span: { start: span.start, end: span.end },
    evidence: text.slice(span.start, span.end),
    message,
  };
}

/** A finding about a sentence as a whole. */
export function findingOn(kind: FindingKind, sentence: number, evidence: string, message: string): Finding {
  return { kind, sentence, span: null, evidence, message };
}
