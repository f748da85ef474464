import type { Mode } from '../shared/index.js';

/** What kind of answer a prompt asks for, and which rule said so. */
export interface Classification {
  readonly mode: Mode;
  readonly decidedBy: 'caller' | 'rule';
  readonly rule: string;
}

/** In order: the first that matches decides. */
const RULES: readonly { readonly rule: string; readonly mode: Mode; readonly pattern: RegExp }[] = [
  {
    rule: 'asks-for-own-voice',
    mode: 'voice',
    pattern:
      /\b(in my (own )?(voice|words|style)|sound(s|ing)? like me|the way i (write|talk|speak)|as i would (say|write|put))\b/iu,
  },
  {
    rule: 'asks-for-a-text',
    mode: 'writing',
    pattern:
      /\b(write|draft|compose|prepare|produce)\b.{0,60}\b(article|blog|essay|post|letter|e-?mail|newsletter|story|speech|talk|report|piece|text|column|introduction|paragraphs?|proposal|announcement)\b|^\s*(write|draft|compose)\b/iu,
  },
  {
    rule: 'asks-to-find',
    mode: 'retrieval',
    pattern:
      /^\s*(please\s+)?(find|list|show|search|look up|quote|which|when|where|who|how (many|much|long|often))\b|\b(everything|all) i (have )?(said|wrote|written|noted)\b/iu,
  },
];

/** Decides the mode by fixed rules over the prompt's words; a mode the caller names always wins. */
export function classify(prompt: string, wanted: Mode | undefined): Classification {
  if (wanted !== undefined) return { mode: wanted, decidedBy: 'caller', rule: 'named-by-caller' };
  const hit = RULES.find(({ pattern }) => pattern.test(prompt.slice(0, 2_000)));
  return hit
    ? { mode: hit.mode, decidedBy: 'rule', rule: hit.rule }
    : { mode: 'chat', decidedBy: 'rule', rule: 'default' };
}
