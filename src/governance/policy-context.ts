import type { Finding, FindingKind, QaReport } from '../qa/index.js';
import type { AskFacts, ScoreMiss, Usage } from './decision.js';
import type { PolicyContext } from './policy-set.js';
import type { ScoreThresholds } from './thresholds.schema.js';

/** More snippets than any policy permits: what an ask that names no limit wants. */
const NO_LIMIT = 1_000_000;

const SCORES = ['coverage', 'grounding', 'tone', 'style', 'diversity', 'qa', 'voiceMatch'] as const;
/** Tone and style of another language, and a voice that is not known. */
const MAY_BE_UNKNOWN: ReadonlySet<string> = new Set(['tone', 'style', 'voiceMatch']);

/** An ask and its role's usage as Cedar sees them. A fact that is missing takes the value that permits least. */
export function askContext(facts: AskFacts, usage: Usage): PolicyContext {
  return {
    corpus: facts.corpus ?? '',
    purpose: facts.purpose ?? '',
    limit: facts.limit ?? NO_LIMIT,
    writer: facts.writer ?? '',
    external: facts.external,
    hostAllowed: facts.hostAllowed ?? false,
    personalDataInQuery: facts.personalDataInQuery ?? true,
    sensitiveInRequest: facts.sensitiveInRequest ?? true,
    firebreakFailed: facts.firebreakFailed ?? false,
    externalCalls: usage.externalCalls,
    retrievals: usage.retrievals,
    standinRevises: usage.standinRevises,
    standinSummaries: usage.standinSummaries,
    styleSnippets: usage.styleSnippets,
  };
}

/** A QA report as Cedar sees it: findings counted by kind, scores as what they lack to their thresholds. */
export function outputContext(
  report: QaReport,
  thresholds: ScoreThresholds,
  minorMargin: number,
): PolicyContext {
  const count = (kind: FindingKind) =>
    report.findings.filter((finding: Finding) => finding.kind === kind).length;
  const misses = missesOf(report, thresholds);
  return {
    invented: count('invented'),
    omitted: count('omitted'),
    ungrounded: count('ungrounded'),
    unattributed: count('unattributed'),
    contradiction: count('contradiction'),
    sensitive: count('sensitive'),
    plantedInstruction: count('planted_instruction'),
    keywordOutsideText: count('keyword_outside_text'),
    missedThresholds: misses.length,
    worstShortfall: thousandths(misses[0]?.shortfall ?? 0),
    minorMargin: thousandths(minorMargin),
  };
}

/** What the scores lack to their thresholds, worst first. What could not be measured lacks nothing; a score that is no number in 0..1 throws. */
export function missesOf({ scores }: QaReport, thresholds: ScoreThresholds): ScoreMiss[] {
  const misses: ScoreMiss[] = [];
  for (const name of SCORES) {
    const score = scores[name];
    if (score === null && MAY_BE_UNKNOWN.has(name)) continue;
    if (typeof score !== 'number' || !(score >= 0 && score <= 1)) {
      throw new RangeError(`${name} is no score: ${score}`);
    }
    const shortfall = thousandths(thresholds[name] ?? 0) - thousandths(score);
    if (shortfall > 0) misses.push({ score: name, shortfall: shortfall / 1000 });
  }
  return misses.sort((one, other) => other.shortfall - one.shortfall);
}

function thousandths(score: number): number {
  return Math.round(score * 1000);
}
