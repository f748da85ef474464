import type { CitedText, Snippet } from '../../shared/index.js';
import type { Finding } from '../report.js';
import { findingOn } from './finding.js';

/** Sentences that cite no snippet, or one that was not given. A rule of ours: attribution is data. */
export function findUnattributed(output: CitedText, snippets: readonly Snippet[]): Finding[] {
  const known = new Set(snippets.map((snippet) => snippet.id));
  const findings: Finding[] = [];
  output.forEach((sentence, index) => {
    const unknown = sentence.snippetIds.filter((id) => !known.has(id));
    if (sentence.snippetIds.length === 0) {
      findings.push(findingOn('unattributed', index, sentence.text, 'the sentence cites no snippet'));
    } else if (unknown.length > 0) {
      findings.push(
        findingOn('unattributed', index, unknown.join(' '), 'cites a snippet that was not given'),
      );
    }
  });
  return findings;
}
