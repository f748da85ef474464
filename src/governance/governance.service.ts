import { Injectable } from '@nestjs/common';
import type { QaReport } from '../qa/index.js';
import { type Mode, ROLES, type Role } from '../shared/index.js';
import {
  type AskFacts,
  DEFAULT_DENY,
  type Decision,
  EVALUATION_ERROR,
  SEVERITIES,
  type Usage,
  type Verdict,
} from './decision.js';
import { policyInvalid } from './policy.errors.js';
import { askContext, missesOf, outputContext } from './policy-context.js';
import type { PolicyFiles } from './policy-folder.js';
import { readPolicyFolder } from './policy-folder.js';
import { type Policy, PolicySet } from './policy-set.js';
import { SpendLimits, type SpendLimitsFile } from './spend-limits.js';
import { type Thresholds, thresholdsFor } from './thresholds.schema.js';

/** What the policy says, for people who check it. */
export interface PolicyDescription {
  readonly version: string;
  readonly hash: string;
  readonly policies: readonly Pick<Policy, 'id' | 'effect' | 'severity' | 'text'>[];
  readonly thresholds: Thresholds;
  readonly spendLimits: SpendLimitsFile;
}

const NOTHING_USED: Usage = {
  externalCalls: 0,
  retrievals: 0,
  standinRevises: 0,
  standinSummaries: 0,
  styleSnippets: 0,
};

/** Decides what a role may do and judges what it made. Pure, synchronous and closed where anything fails. */
@Injectable()
export class GovernanceService {
  private readonly set: PolicySet;

  constructor(private readonly files: PolicyFiles) {
    this.set = PolicySet.load(files);
    this.rehearse();
  }

  /** Reads, checks and readies a policy folder (null: the built-in one); throws `governance.policy_invalid`. */
  static open(policyDirectory: string | null): GovernanceService {
    return new GovernanceService(readPolicyFolder(policyDirectory));
  }

  /** Whether a role may do what it asks for, given what it has used in this run. A denial is a value. */
  decide(role: Role, facts: AskFacts, usage: Usage): Decision {
    const deny = (policies: readonly string[], reason: string): Decision => ({
      permitted: false,
      policies,
      reservation: null,
      message: `The ${role} may not ${facts.action}${facts.external ? ' outside' : ''}: ${reason}.`,
    });
    if (Object.values(usage).some((count) => !(count >= 0)))
      return deny([EVALUATION_ERROR], 'the usage is not known');
    const answer = this.set.ask(role, facts.action, askContext(facts, usage));
    if (answer.effect === 'error')
      return deny([EVALUATION_ERROR], `the policy gave no answer: ${answer.reason}`);
    if (answer.effect === 'deny') {
      return answer.policies.length === 0
        ? deny([DEFAULT_DENY], 'no policy permits it with what this run has used')
        : deny(answer.policies, `forbidden by ${answer.policies.join(', ')}`);
    }
    return {
      permitted: true,
      policies: answer.policies,
      reservation: reservationFor(facts, usage),
      message: `Permitted by ${answer.policies.join(', ')}.`,
    };
  }

  /** What the output rules say of an output measured in a run of some mode. What cannot be judged is `critical`. */
  judge(role: Role, report: QaReport, mode: Mode | null = null): Verdict {
    try {
      const { minorMargin } = this.files.thresholds;
      const wanted = thresholdsFor(this.files.thresholds, role, mode);
      const answer = this.set.ask(role, 'emit', outputContext(report, wanted, minorMargin));
      const missed = missesOf(report, wanted);
      if (answer.effect === 'permit')
        return { outcome: 'pass', policies: answer.policies, findings: [], missed };
      if (answer.effect === 'deny') return { ...this.verdictOf(answer.policies, report), missed };
    } catch {
      // A report that cannot be read is a report that verifies nothing.
    }
    return { outcome: 'critical', policies: [EVALUATION_ERROR], findings: report.findings ?? [], missed: [] };
  }

  describe(): PolicyDescription {
    const policies = this.set.policies.map(({ id, effect, severity, text }) => ({
      id,
      effect,
      ...(severity && { severity }),
      text,
    }));
    const { thresholds, spendLimits } = this.files;
    return { ...this.policyRef(), policies, thresholds, spendLimits };
  }

  /** Which policy this is: what a run pins. */
  policyRef(): { readonly version: string; readonly hash: string } {
    return { version: this.files.thresholds.version, hash: this.files.hash };
  }

  /** What owners may spend in a day, by the same files. */
  spendLimits(): SpendLimits {
    return new SpendLimits(this.files.spendLimits);
  }

  private verdictOf(ids: readonly string[], report: QaReport): Omit<Verdict, 'missed'> {
    if (ids.length === 0) return { outcome: 'critical', policies: [DEFAULT_DENY], findings: report.findings };
    const deciding = this.set.policies.filter((policy) => ids.includes(policy.id));
    const worst = Math.max(...deciding.map(({ severity }) => SEVERITIES.indexOf(severity ?? 'critical')));
    const kinds = new Set(deciding.flatMap((policy) => policy.finds));
    const findings = report.findings.filter((finding) => kinds.has(finding.kind));
    return { outcome: SEVERITIES[worst] ?? 'critical', policies: ids, findings };
  }

  /** Asks each question once: a policy written for another schema must stop the start, not every run. */
  private rehearse(): void {
    const actions = ['search', 'generate', 'revise', 'summarize', 'retrieve', 'measure'] as const;
    const report: QaReport = {
      scores: { coverage: 1, grounding: 1, tone: 1, style: 1, diversity: 1, qa: 1, voiceMatch: null },
      findings: [],
      support: [],
      manner: [],
      condensation: null,
    };
    for (const role of ROLES) {
      const asked = actions.map((action) => this.decide(role, { action, external: false }, NOTHING_USED));
      for (const { policies, message } of asked) {
        if (policies.includes(EVALUATION_ERROR)) throw policyInvalid('schema.cedarschema', message);
      }
      if (this.judge(role, report).policies.includes(EVALUATION_ERROR)) {
        throw policyInvalid('schema.cedarschema', `the action emit cannot be judged for the ${role}`);
      }
    }
  }
}

function reservationFor(facts: AskFacts, usage: Usage): Decision['reservation'] {
  if (facts.action === 'retrieve') return { budget: 'retrieval', ordinal: usage.retrievals + 1 };
  return facts.external ? { budget: 'external_call', ordinal: usage.externalCalls + 1 } : null;
}
