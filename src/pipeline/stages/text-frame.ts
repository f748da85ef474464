import type { Mode, Snippet, Style, Tone } from '../../shared/index.js';
import type { RunRequest } from '../work.js';

/** What every call to a provider is told. */
export interface TextFrame {
  readonly prompt: string;
  readonly mode: Mode;
  readonly tone: Tone;
  readonly style: Style;
  readonly snippets: readonly Snippet[];
}

export function textFrame(request: RunRequest, snippets: readonly Snippet[]): TextFrame {
  return { prompt: request.prompt, mode: request.mode, tone: request.tone, style: request.style, snippets };
}
