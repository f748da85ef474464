export interface TypedSpan {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Spans of one type that were found or missed, and findings that were right or wrong, over many texts. */
export class SpanTally {
  gold = 0;
  goldFound = 0;
  findings = 0;
  findingsRight = 0;

  /** Counts one text: a finding is right, and a gold span found, where the two overlap. */
  add(gold: readonly TypedSpan[], found: readonly TypedSpan[], type: string): void {
    const wanted = gold.filter((span) => span.type === type);
    const given = found.filter((span) => span.type === type);
    this.gold += wanted.length;
    this.goldFound += wanted.filter((span) => given.some((other) => overlaps(span, other))).length;
    this.findings += given.length;
    this.findingsRight += given.filter((span) => wanted.some((other) => overlaps(span, other))).length;
  }

  /** Null where there was nothing to find. */
  get recall(): number | null {
    return this.gold === 0 ? null : this.goldFound / this.gold;
  }

  /** Null where nothing was found. */
  get precision(): number | null {
    return this.findings === 0 ? null : this.findingsRight / this.findings;
  }
}

function overlaps(one: TypedSpan, other: TypedSpan): boolean {
  return one.start < other.end && other.start < one.end;
}
