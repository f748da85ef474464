import { type CitedText, detectSensitive } from '../../shared/index.js';
import type { Finding } from '../report.js';

/** Secrets and personal numbers in a text, one by one; the evidence names the type and never the value. */
export function findSensitive(output: CitedText): Finding[] {
  return output.flatMap((sentence, index) =>
    detectSensitive(sentence.text).map(({ type, span }) => ({
      kind: 'sensitive' as const,
      sentence: index,
      span,
      evidence: `[${type}]`,
      message: `the sentence holds what looks like a ${type.replaceAll('_', ' ')}`,
    })),
  );
}
