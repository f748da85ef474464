import { z } from 'zod';
import type { Finding, QaReport } from '../../../src/qa/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { type AlteredSentence, alteredSentences } from './altered-facts.js';
import type { SourceChecker } from './source-checker.js';

const KINDS = ['number', 'date', 'name', 'polarity'] as const;
/** More of a kind say nothing new and take long. */
const MAX_A_KIND = 400;

const flag = z.union([z.literal(0), z.literal(1)]);
const documentLine = z.object({ document: z.string() });
const claimLine = z.object({ document: z.string(), claim: z.string(), consistent: flag });

/**
 * True sentences of real articles with one fact changed: the share in which the change itself is found, as a
 * contradiction or as an invention. Beside it what is found in true sentences: the same ones unchanged, and claims that
 * people wrote about an article and found true.
 */
export function evaluateAlteredFacts(data: DataFolder, checker: SourceChecker): EvalRow[] {
  const file = ['ground-aggrefact-sota', `xsum.${data.split}.jsonl`];
  if (!data.has(...file)) return claimRows(data, checker);
  const documents = [...new Set(data.read(documentLine, ...file).map((line) => line.document))];
  const cases = documents.flatMap((document) =>
    alteredSentences(document).map((sentence) => ({ ...sentence, document })),
  );
  const row = rowMaker('ground-aggrefact-sota xsum, facts altered', data.split);
  const altered = KINDS.flatMap((kind) => {
    const all = cases.filter((each) => each.kind === kind);
    const step = Math.max(1, Math.floor(all.length / MAX_A_KIND));
    const chosen = all.filter((_, index) => index % step === 0).slice(0, MAX_A_KIND);
    if (chosen.length === 0) return [];
    const reports = chosen.map((each) => checker.report(each.altered, each.document));
    const share = (isFound: (report: QaReport, each: AlteredSentence) => boolean) =>
      reports.filter((report, index) => isFound(report, chosen[index]!)).length / chosen.length;
    const unchanged = chosen.map((each) => checker.report(each.original, each.document));
    return [
      row(`${kind} found`, share(isFound), 0.98, chosen.length),
      row(`${kind} called a contradiction`, share(isContradicted), null, chosen.length),
      row(
        `${kind}: false alarms, unchanged`,
        unchanged.filter(alarms).length / chosen.length,
        null,
        chosen.length,
      ),
    ];
  });
  return [...altered, ...claimRows(data, checker)];
}

/** Claims in free words, true and altered: here a change is much harder to see. */
function claimRows(data: DataFolder, checker: SourceChecker): EvalRow[] {
  const file = ['ground-factcc-val', `${data.split}.jsonl`];
  if (!data.has(...file)) return [];
  const lines = data.read(claimLine, ...file).filter((line) => line.consistent === 1);
  const alarms = lines.filter(({ claim, document }) => contradicts(checker.report(claim, document)));
  const row = rowMaker('ground-factcc-val, true claims', data.split);
  const altered = lines.flatMap(({ claim, document }) =>
    alteredSentences(claim, document).map((each) => ({ ...each, document })),
  );
  return [
    row('contradictions: false alarms', alarms.length / lines.length, null, lines.length),
    ...(['number', 'polarity'] as const).flatMap((kind) => {
      const cases = altered.filter((each) => each.kind === kind);
      const found = cases.filter((each) => isFound(checker.report(each.altered, each.document), each));
      return cases.length === 0
        ? []
        : [row(`${kind} found`, found.length / cases.length, null, cases.length)];
    }),
  ];
}

function isFound(report: QaReport, altered: AlteredSentence): boolean {
  return report.findings.some(
    (finding) =>
      ['contradiction', 'invented'].includes(finding.kind) &&
      (isAt(finding, altered) || turns(finding, altered)),
  );
}

function isContradicted(report: QaReport, altered: AlteredSentence): boolean {
  return report.findings.some(
    (finding) => finding.kind === 'contradiction' && (isAt(finding, altered) || turns(finding, altered)),
  );
}

/** A negation that is gone has no place, so any finding about polarity counts. */
function turns(finding: Finding, altered: AlteredSentence): boolean {
  return altered.kind === 'polarity' && finding.kind === 'contradiction';
}

function isAt({ span }: Finding, altered: AlteredSentence): boolean {
  return span !== null && span.start < altered.end && span.end > altered.start;
}

function contradicts(report: QaReport): boolean {
  return report.findings.some(({ kind }) => kind === 'contradiction');
}

function alarms(report: QaReport): boolean {
  return report.findings.some(({ kind }) => kind === 'contradiction' || kind === 'invented');
}

function rowMaker(dataset: string, split: string) {
  return (metric: string, value: number, reference: number | null, rows: number): EvalRow => ({
    measure: 'hard facts',
    dataset,
    split,
    metric,
    value,
    floor: null,
    reference,
    rows,
  });
}
