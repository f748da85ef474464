/** One sentence of an output, with the snippets it rests on. Attribution is data: it travels with the sentence. */
export interface CitedSentence {
  readonly text: string;
  readonly snippetIds: readonly string[];
  /** Zero-based paragraph; sentences of one paragraph stand together. */
  readonly paragraph: number;
}

export type CitedText = readonly CitedSentence[];

/** Renders cited text as plain text: a space between sentences, an empty line between paragraphs, no markers. */
export function plainText(text: CitedText): string {
  let out = '';
  let paragraph: number | undefined;
  for (const sentence of text) {
    if (paragraph !== undefined) out += sentence.paragraph === paragraph ? ' ' : '\n\n';
    out += sentence.text;
    paragraph = sentence.paragraph;
  }
  return out;
}
