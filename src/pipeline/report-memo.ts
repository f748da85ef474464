import { AnalysisMemo, measureText, type OwnVoice, type QaReport } from '../qa/index.js';
import type { CitedText } from '../shared/index.js';
import type { MeasureAsk } from './asks.js';
import type { RunRequest } from './work.js';

type Measurable = Omit<MeasureAsk, 'type'> & { readonly input: CitedText | null };

/** Measures texts of one run, each once: a stage measures what it hands on, and the output rules judge the same text. */
export class ReportMemo {
  private readonly known: { readonly of: Measurable; readonly report: QaReport }[] = [];

  private readonly memo = new AnalysisMemo();

  private voice: OwnVoice | null = null;
  private mark: string | null = null;

  constructor(private readonly request: RunRequest) {}

  /** Tells the voice that texts are measured by from any other; null: there is none. */
  get voiceMark(): string | null {
    return this.mark;
  }

  /** How the owner writes, once it is known: what is measured from then on is measured by it. */
  measureBy(voice: OwnVoice, mark: string): void {
    this.voice = voice;
    this.mark = mark;
  }

  report(of: Measurable): QaReport {
    const found = this.known.find((each) => isSame(each.of, of));
    if (found) return found.report;
    const report = measureText({
      prompt: this.request.prompt,
      conceptWeights: new Map(of.pack.concepts.map((concept) => [concept.stem, concept.weight])),
      output: of.output,
      input: of.input,
      snippets: of.pack.snippets,
      tone: this.request.tone,
      style: this.request.style,
      voice: this.voice,
      memo: this.memo,
      keywords: of.keywords,
    });
    this.known.push({ of, report });
    return report;
  }
}

/** By identity: texts are immutable, so the same object is the same text. */
function isSame(one: Measurable, other: Measurable): boolean {
  return (
    one.output === other.output &&
    one.pack === other.pack &&
    one.input === other.input &&
    one.keywords.join('\n') === other.keywords.join('\n')
  );
}
