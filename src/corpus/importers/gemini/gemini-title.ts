/** The words that Google sets around a prompt in a language whose words are not known here. */
export interface GeminiTitles {
  readonly before: string;
  readonly after: string;
}

/** The prompt in a title: empty where the entry tells of something else than a prompt. */
export interface FoundPrompt {
  readonly prompt: string;
  readonly isSpeech: boolean;
  /** Whether the title may hold a word or two that are not the prompt's. */
  readonly isGuess: boolean;
}

const SPEECH =
  /^(?:Prompted with:|Asked (?:Gemini|Bard):|Prompted|Asked|Said|Branched|Answered|Eingegebener Prompt:)[ \u00a0\n]+/;
const NO_SPEECH =
  /^(?:Created|Used|Added|Gave|Selected|Shared|Deleted|Viewed|Visited|Searched|Edited|Pinned|Renamed|Exported|Updated)[ \u00a0]/;
const ATTACHED = /\s*\bAttached \d+ files?\.?\s*$/i;
/** Fewer titles may agree by chance in how they begin. */
const MIN_TITLES = 5;
const MIN_WORD_CHARS = 3;
const NO_FRAME: GeminiTitles = { before: '', after: '' };

/** Takes the words of the service off a title. `hasAnswer`: what was answered was a prompt, in any language. */
export function promptIn(title: string, titles: GeminiTitles, hasAnswer: boolean): FoundPrompt {
  const speech = SPEECH.exec(title);
  if (speech !== null) return { prompt: bare(title.slice(speech[0].length)), isSpeech: true, isGuess: false };
  if (NO_SPEECH.test(title)) return { prompt: '', isSpeech: false, isGuess: false };
  const { before, after } = titles;
  const isFramed = before + after !== '' && title.startsWith(before) && title.endsWith(after);
  if (isFramed && title.length >= before.length + after.length) {
    return {
      prompt: bare(title.slice(before.length, title.length - after.length)),
      isSpeech: true,
      isGuess: false,
    };
  }
  if (!hasAnswer || title.trim() === '') return { prompt: '', isSpeech: false, isGuess: false };
  return { prompt: bare(title), isSpeech: true, isGuess: true };
}

function bare(prompt: string): string {
  return prompt.replace(ATTACHED, '').trim();
}

/** Learns from answered titles what all of them begin and end with; constant memory. */
export class TitleLearner {
  #count = 0;
  #before = '';
  #after = '';

  learn(title: string): void {
    if (SPEECH.test(title) || NO_SPEECH.test(title)) return;
    this.#count++;
    if (this.#count === 1) {
      this.#before = title;
      this.#after = title;
      return;
    }
    let start = 0;
    while (start < this.#before.length && this.#before[start] === title[start]) start++;
    this.#before = this.#before.slice(0, start);
    let end = 0;
    while (end < this.#after.length && this.#after.at(-1 - end) === title.at(-1 - end)) end++;
    this.#after = this.#after.slice(this.#after.length - end);
  }

  /** What stands around every prompt, cut at the end of a word. */
  titles(): GeminiTitles {
    if (this.#count < MIN_TITLES) return NO_FRAME;
    const before = /^.*[\s:：「“"«]/su.exec(this.#before)?.[0] ?? '';
    const after = /[\s」”"»].*$/su.exec(this.#after)?.[0] ?? '';
    return before.trim().length + after.trim().length < MIN_WORD_CHARS ? NO_FRAME : { before, after };
  }
}
