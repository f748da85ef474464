import type { CitedText, Span } from '../../shared/index.js';
import type { Language } from '../analysis/language.js';
import type { MannerFault, QaInput } from '../report.js';
import { type RuleResult, toneBreakdown } from './tone.measure.js';

const MAX_PLACES = 12;

/** Tone and style of a text, and what took something off them. */
export interface Manner {
  readonly tone: number | null;
  readonly style: number | null;
  readonly faults: readonly MannerFault[];
}

/** Measures tone and style by `toneBreakdown`; says nothing of a text in another language than English. */
export function measureManner(
  output: CitedText,
  { tone, style, voice }: Pick<QaInput, 'tone' | 'style' | 'voice'>,
  language: Language,
): Manner {
  if (language === 'other') return { tone: null, style: null, faults: [] };
  const breakdown = toneBreakdown(
    output.map(({ text }) => text).join('\n'),
    tone,
    style ?? null,
    voice?.habits ?? null,
  );
  const starts = startsOf(output);
  const faults = breakdown.rules
    .filter(({ penalty }) => penalty > 0)
    .sort((one, other) => other.penalty - one.penalty)
    .map((rule) => faultOf(rule, starts));
  return { tone: breakdown.tone, style: breakdown.style, faults };
}

function startsOf(output: CitedText): number[] {
  let next = 0;
  return output.map(({ text }) => {
    const start = next;
    next += text.length + 1;
    return start;
  });
}

function faultOf(
  { rule, of, penalty, value, tolerance, unit, spans }: RuleResult,
  starts: readonly number[],
): MannerFault {
  const places = spans.slice(0, MAX_PLACES).map(({ fix, ...span }) => ({ ...placeOf(span, starts), fix }));
  return { rule, of, penalty, value, tolerance, unit, places };
}

function placeOf({ start, end }: Span, starts: readonly number[]): { sentence: number; span: Span } {
  const sentence = starts.findLastIndex((each) => each <= start);
  const from = starts[sentence]!;
  return { sentence, span: { start: start - from, end: end - from } };
}
