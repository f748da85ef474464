import type { Generation, Outline, Revision, Summary } from '../provider/index.js';
import type { CitedText } from '../shared/index.js';
import type { WritingAsk } from './asks.js';

/** The text that a writer gave for an ask; null where it wrote none that could be delivered. */
export function textOf(ask: WritingAsk, value: unknown): CitedText | null {
  if (ask.type !== 'generate') return (value as Revision | Summary).text;
  if (ask.request.task === 'outline') return (value as Outline).points;
  return ask.request.task === 'draft' ? (value as CitedText) : null;
}

/** Whether what is written becomes the answer's text; an outline or a critique is a means to it. */
export function isDelivered(ask: WritingAsk): boolean {
  return ask.type !== 'generate' || ask.request.task === 'draft';
}

/** The keyphrases that a writer named. */
export function keywordsOf(ask: WritingAsk, value: unknown): readonly string[] {
  return ask.type === 'summarize' ? (value as Summary).keywords : [];
}

/** A call's values, each as if it were the only one. */
export function alternativesOf(generation: Generation<unknown>): readonly Generation<unknown>[] {
  const { alternatives = [], ...first } = generation;
  return [first, ...alternatives.map((value) => ({ ...first, value }))];
}
