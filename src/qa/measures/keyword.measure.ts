import { flatten, holds } from '../analysis/words.js';
import type { Finding } from '../report.js';

/** Keywords that do not stand in the text, from a word's edge to a word's edge, in any case. A rule of ours. */
export function findKeywordsOutsideText(keywords: readonly string[], text: string): Finding[] {
  const flat = flatten(text);
  return keywords
    .filter((keyword) => !holds(flat, flatten(keyword)))
    .map((keyword) => ({
      kind: 'keyword_outside_text',
      sentence: null,
      span: null,
      evidence: keyword,
      message: 'the keyword does not occur in the text',
    }));
}
