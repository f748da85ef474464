import { Injectable } from '@nestjs/common';
import { packageInfo } from '../config/index.js';
import { type Decision, GovernanceService } from '../governance/index.js';
import { type ArrangedResult, type DecidedOperation, Optimizer } from '../optimizer/index.js';
import { type Generation, ProviderDirectory } from '../provider/index.js';
import { AppError, hashOf, type Role } from '../shared/index.js';
import { AskExecutor } from './ask-executor.js';
import { alternativesOf, isDelivered, keywordsOf, textOf } from './ask-results.js';
import {
  type Ask,
  asAsked,
  type MeasureAsk,
  type RetrieveAsk,
  type SearchAsk,
  type WritingAsk,
} from './asks.js';
import { generationReader } from './generation.schema.js';
import type { AskContext } from './run-context.js';
import { EMPTY_PACK, inputOf, type Work } from './work.js';

/** One permitted ask of a role at work. */
export interface PermittedAsk<A extends Ask> {
  readonly role: Role;
  /** What the role was handed. */
  readonly before: Work;
  readonly ask: A;
  readonly decision: Decision;
  readonly run: AskContext;
  /** Told when the ask is really carried out, and not answered from what is there. */
  readonly onExecute: () => void;
}

type Arrangeable = Exclude<Ask, MeasureAsk>;

/** Gives permitted asks to the optimizer: with what it needs to arrange them, and nothing it could widen. */
@Injectable()
export class AskArranger {
  private readonly release = packageInfo().version;

  constructor(
    private readonly optimizer: Optimizer,
    private readonly executor: AskExecutor,
    private readonly providers: ProviderDirectory,
    private readonly governance: GovernanceService,
  ) {}

  /** The ask's value and how it was come by; throws `AppError` where it cannot be had. */
  async perform(permitted: PermittedAsk<Arrangeable>): Promise<ArrangedResult<unknown>> {
    const { ask } = permitted;
    if (ask.type === 'search' || ask.type === 'retrieve')
      return this.carryOut(permitted, this.lookUp(ask, permitted.run), () => true);
    const writing = { ...permitted, ask };
    const operation = this.writing(writing);
    const recheck = (found: unknown) => this.stillStands(writing, found as Generation<unknown>);
    if (!ask.kept) return this.carryOut(writing, operation, recheck);
    const kept = await this.optimizer.recall(operation, recheck);
    if (kept === null) throw nothingKept();
    return kept;
  }

  private carryOut(
    { role, ask, decision, run, onExecute }: PermittedAsk<Arrangeable>,
    operation: DecidedOperation<unknown>,
    recheck: (value: unknown) => boolean,
  ): Promise<ArrangedResult<unknown>> {
    const execute: Parameters<Optimizer['perform']>[1] = (limits) => {
      onExecute();
      return this.executor.execute(role, ask, decision, { ...run, ...limits });
    };
    return this.optimizer.perform(operation, execute, recheck);
  }

  /** Searches are kept by the corpus itself, which knows when they change. */
  private lookUp(ask: SearchAsk | RetrieveAsk, run: AskContext): DecidedOperation<unknown> {
    return {
      name: ask.type,
      strategy: run.request.plan.requested,
      key: null,
      signal: run.signal,
      remainingMs: run.remainingMs,
      alternatives: (result) => [result],
      score: () => null,
      read: (found) => found,
    };
  }

  private writing(permitted: PermittedAsk<WritingAsk>): DecidedOperation<unknown> {
    const { role, ask, run } = permitted;
    const { name: provider, model } = this.providers.writer(ask.writer).describe();
    const { plan } = run.request;
    return {
      name: ask.type,
      strategy: plan.requested,
      key: hashOf({
        ask: asAsked(ask),
        ownerId: run.actor.userId,
        role,
        provider,
        model,
        release: this.release,
        policy: this.governance.policyRef().hash,
        strategy: plan.requested,
        gate: plan.gate,
      }),
      signal: run.signal,
      remainingMs: run.remainingMs,
      alternatives: (result) => alternativesOf(result as Generation<unknown>),
      score: (result) =>
        isDelivered(ask) ? (this.report(permitted, result as Generation<unknown>)?.scores ?? null) : null,
      read: generationReader(ask),
    };
  }

  /** A kept text is judged anew by the rules in force; what holds no text of an answer cannot break them. */
  private stillStands(permitted: PermittedAsk<WritingAsk>, found: Generation<unknown>): boolean {
    const report = this.report(permitted, found);
    return (
      report === null ||
      this.governance.judge(permitted.role, report, permitted.run.request.mode).outcome !== 'critical'
    );
  }

  private report({ ask, before, run }: PermittedAsk<WritingAsk>, { value }: Generation<unknown>) {
    const output = textOf(ask, value);
    if (output === null) return null;
    const pack =
      before.pack.snippets.length > 0 ? before.pack : { ...EMPTY_PACK, snippets: ask.request.snippets };
    return run.reports.report({ pack, output, input: inputOf(before), keywords: keywordsOf(ask, value) });
  }
}

function nothingKept(): AppError {
  return new AppError('optimizer.nothing_kept', 'unavailable', 'No kept result is left for this ask.');
}
