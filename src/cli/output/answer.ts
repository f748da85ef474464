import { oneLine, printable } from '../terminal/text-columns.js';
import { writerOf } from './document.js';

/** The parts of an answer that are printed. */
export interface Answer {
  readonly task_id: string;
  readonly request_id: string;
  readonly content: string;
  readonly metadata: {
    readonly outcome: string;
    readonly classification: { readonly mode: string; readonly decided_by: string };
    readonly provider: { readonly name: string; readonly model: string };
    readonly policy: { readonly version: string; readonly hash: string };
    readonly input_sources: readonly Source[];
    readonly attribution: readonly { readonly sentence: string; readonly snippet_ids: readonly string[] }[];
    readonly scores: Readonly<Record<string, number>>;
    readonly change_log: readonly unknown[];
    readonly trimmed_sections: readonly unknown[];
    readonly long_tail_keywords: readonly string[];
    readonly tone_flags: { readonly safety_flags: readonly string[] };
    readonly stages: readonly StageLine[];
  };
}

export interface Source {
  readonly snippet_id: string;
  readonly corpus: string;
  readonly source_text: string;
  readonly timestamp: string | null;
  readonly attribution: {
    readonly author_role: string;
    readonly author_name?: string | null;
    readonly title: string | null;
    readonly thread_id?: string | null;
    readonly url: string | null;
    readonly source: string;
  };
}

export interface StageLine {
  readonly role: string;
  readonly result: string;
  readonly duration_ms: number;
  readonly external_calls: number;
  readonly fallback: string | null;
}

/** A source that the answer rests on, with its number: its place in `input_sources`, from 1. */
export interface NumberedSource extends Source {
  readonly number: number;
}

/** The content with a marker after each sentence, and the sources those markers name. */
export interface MarkedAnswer {
  readonly text: string;
  readonly sources: readonly NumberedSource[];
}

/** Sets `[1]`-like markers from the attribution; the content itself holds none. */
export function marked(answer: Answer, marker: (numbers: readonly number[]) => string): MarkedAnswer {
  const { input_sources: sources, attribution } = answer.metadata;
  const numberOf = new Map(sources.map((source, index) => [source.snippet_id, index + 1]));
  const used = new Set<number>();
  let text = '';
  let at = 0;
  for (const { sentence, snippet_ids } of attribution) {
    const found = answer.content.indexOf(sentence, at);
    if (found === -1) continue;
    const numbers = snippet_ids.flatMap((id) => numberOf.get(id) ?? []);
    for (const number of numbers) used.add(number);
    const end = found + sentence.length;
    text += answer.content.slice(at, end) + (numbers.length > 0 ? ` ${marker(numbers)}` : '');
    at = end;
  }
  text += answer.content.slice(at);
  text = printable(text);
  const numbered = sources.map((source, index) => ({ ...source, number: index + 1 }));
  return { text, sources: numbered.filter((source) => used.has(source.number)) };
}

/** Who wrote a source, when and where, in one line. A thread is named where nothing else tells where to look. */
export function describeSource(source: Source): string {
  const { title, thread_id: thread, url } = source.attribution;
  const place = title ?? (thread && !url ? `thread ${thread}` : null);
  const facts = [
    source.corpus,
    writerOf(source.attribution),
    source.timestamp?.slice(0, 10) ?? 'no date',
    place,
    url,
  ];
  return oneLine(facts.filter(Boolean).join(' · '));
}

/** A source's words, trimmed to what tells it apart. */
export function excerptOf({ source_text: text }: Source, maxChars: number): string {
  const line = [...oneLine(text)];
  return line.length <= maxChars ? line.join('') : `${line.slice(0, maxChars).join('').trimEnd()}…`;
}

/** What each role did, a line each. */
export function describeStages(answer: Answer): string[] {
  const { metadata } = answer;
  const corpora = [...new Set(metadata.input_sources.map((source) => source.corpus))].join(', ');
  const did: Readonly<Record<string, string>> = {
    ideator: `${metadata.input_sources.length} snippets${corpora ? ` from ${corpora}` : ''}`,
    drafter: 'draft from the snippets',
    critic: 'each sentence read against its sources',
    revisor: `${metadata.change_log.length} changes`,
    summarizer: `${metadata.attribution.length} sentences kept, ${metadata.trimmed_sections.length} left out`,
  };
  return metadata.stages.map((stage) => {
    const facts =
      stage.result === 'skipped' ? 'nothing to do' : `${did[stage.role] ?? ''}, ${stage.duration_ms} ms`;
    const fallback = stage.fallback ? `, fallback: ${stage.fallback}` : '';
    return `${stage.role.padEnd(10)}  ${stage.result.padEnd(7)}  ${facts}, external calls: ${stage.external_calls}${fallback}`;
  });
}
