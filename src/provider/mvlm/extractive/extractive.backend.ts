import { type CitedText, plainText } from '../../../shared/index.js';
import type {
  CallOptions,
  GenerateRequest,
  GenerateResult,
  ReviseRequest,
  Revision,
  SummarizeRequest,
  Summary,
} from '../../text-generation.port.js';
import { type BackendResult, MvlmBackend } from '../mvlm-backend.port.js';
import { critiqueOf } from './critique.js';
import { draftsOf } from './draft.js';
import { outlineOf } from './outline.js';
import { revisionOf } from './revise.js';
import { summaryOf } from './summarize.js';
import { countTokens } from './word-count.js';

/** Names the rules, not a set of weights: it changes when the same input may give other bytes. */
const MODEL = 'extractive-2';

/**
 * Writes by choosing, ordering and joining sentences of the snippets, and so cannot invent. It computes in process,
 * with no clock, no chance and no locale. Usage counts word tokens (`termsOf`) of all texts given and given back.
 */
export class ExtractiveBackend extends MvlmBackend {
  readonly model = MODEL;
  readonly external = false;

  async generate<R extends GenerateRequest>(
    request: R,
    { candidates = 1 }: Pick<CallOptions, 'candidates'> = {},
  ): Promise<BackendResult<GenerateResult[R['task']]>> {
    const { values, texts } = write(request, candidates);
    const usage = { inputTokens: countTokens(textsOf(request)), outputTokens: countTokens(texts) };
    // TypeScript cannot see that `write` answers the request's own task.
    const [value, ...alternatives] = values as readonly [GenerateResult[R['task']]];
    return { value, alternatives, usage };
  }

  async revise(request: ReviseRequest): Promise<BackendResult<Revision>> {
    const value = revisionOf(request);
    return { value, usage: usageOf(textsOf(request), value.text) };
  }

  async summarize(request: SummarizeRequest): Promise<BackendResult<Summary>> {
    const value = summaryOf(request);
    return { value, usage: usageOf(textsOf(request), value.text, value.keywords) };
  }
}

function write(
  request: GenerateRequest,
  candidates: number,
): {
  readonly values: readonly GenerateResult[GenerateRequest['task']][];
  readonly texts: readonly string[];
} {
  switch (request.task) {
    case 'outline': {
      const value = outlineOf(request);
      return { values: [value], texts: [value.headline, plainText(value.points)] };
    }
    case 'draft': {
      const values = draftsOf(request, candidates);
      return { values, texts: values.map(plainText) };
    }
    case 'critique': {
      const value = critiqueOf(request);
      return { values: [value], texts: value.map((note) => note.message) };
    }
  }
}

function usageOf(given: readonly string[], text: CitedText, others: readonly string[] = []) {
  return { inputTokens: countTokens(given), outputTokens: countTokens([plainText(text), ...others]) };
}

function textsOf(request: GenerateRequest | ReviseRequest | SummarizeRequest): readonly string[] {
  const texts = [request.prompt, ...request.snippets.map((snippet) => snippet.text)];
  if ('text' in request) texts.push(plainText(request.text));
  if ('notes' in request) texts.push(...request.notes.map((note) => note.message));
  if ('outline' in request) texts.push(request.outline.headline, plainText(request.outline.points));
  if ('styleSnippets' in request) texts.push(...request.styleSnippets.map((snippet) => snippet.text));
  if ('draft' in request) texts.push(plainText(request.draft));
  if ('avoid' in request) texts.push(...(request.avoid ?? []));
  return texts;
}
