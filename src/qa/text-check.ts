import { type CitedText, type Snippet, type Span, sha256Hex, splitSentences } from '../shared/index.js';
import { analyze } from './analysis/analysis.js';
import type { CheckBody } from './check.schema.js';
import { measureText } from './measure-text.js';
import type { Finding, FindingKind } from './report.js';
import { safetyFlags } from './safety-flags.js';

/** A report for people and programs outside. Spans are offsets into the text that was sent, in UTF-16 code units. */
export interface TextCheck {
  /** Null where the text was checked against nothing. */
  readonly scores: {
    readonly coverage: number | null;
    readonly grounding: number | null;
    readonly tone: number;
    readonly diversity: number;
    readonly qa: number;
  };
  readonly findings: readonly {
    readonly kind: FindingKind;
    readonly span: Span;
    readonly evidence: string;
    readonly message: string;
  }[];
  readonly sentences: readonly {
    readonly span: Span;
    /** Zero-based places in the list of sources. */
    readonly sources: readonly number[];
    readonly grounding: number | null;
  }[];
  readonly safety_flags: readonly string[];
}

/** Findings that compare with sources, and mean nothing where there are none. */
const COMPARED: ReadonlySet<FindingKind> = new Set([
  'invented',
  'omitted',
  'ungrounded',
  'unattributed',
  'contradiction',
]);

/** Measures any text against any sources: each sentence is taken to cite every source that shares a content word. */
export function checkText({ text, sources, tone, prompt }: CheckBody): TextCheck {
  const spans = splitSentences(text);
  const snippets = sources.map(sourceSnippet);
  const output = citingSources(text, spans, sources);
  const { scores, findings, support } = measureText({
    prompt,
    conceptWeights: new Map(),
    output,
    input: null,
    snippets,
    tone,
    keywords: [],
  });
  const compared = sources.length > 0;
  return {
    scores: {
      coverage: prompt.trim() === '' ? null : scores.coverage,
      grounding: compared ? scores.grounding : null,
      tone: scores.tone,
      diversity: scores.diversity,
      qa: compared ? scores.qa : Math.min(scores.tone, scores.diversity),
    },
    findings: findings
      .filter((finding) => compared || !COMPARED.has(finding.kind))
      .map((finding) => inText(finding, spans)),
    sentences: support.map(({ sentence, snippetIds, score }) => ({
      span: spans[sentence]!,
      sources: snippetIds.map(Number),
      grounding: compared ? score : null,
    })),
    safety_flags: safetyFlags(text),
  };
}

function citingSources(text: string, spans: readonly Span[], sources: readonly string[]): CitedText {
  const stems = sources.map((source) => analyze(source).stems);
  return spans.map(({ start, end }) => {
    const sentence = analyze(text.slice(start, end));
    const shares = (source: ReadonlySet<string>) => [...sentence.stems].some((stem) => source.has(stem));
    const cited = stems.flatMap((source, index) => (shares(source) ? [String(index)] : []));
    return { text: sentence.text, snippetIds: cited, paragraph: 0 };
  });
}

function inText({ kind, sentence, span, evidence, message }: Finding, spans: readonly Span[]) {
  const whole = spans[sentence ?? 0] ?? { start: 0, end: 0 };
  const place = span ? { start: whole.start + span.start, end: whole.start + span.end } : whole;
  return { kind, span: place, evidence, message };
}

function sourceSnippet(text: string, index: number): Snippet {
  const name = String(index);
  return {
    id: name,
    text,
    score: 0,
    attribution: {
      documentId: name,
      corpus: 'personal',
      source: 'request',
      externalId: name,
      threadId: null,
      authorRole: 'other',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: sha256Hex(text),
    },
  };
}
