import type { ScoreMiss } from '../../governance/index.js';
import type { CritiqueNote } from '../../provider/index.js';
import type { Finding, QaReport } from '../../qa/index.js';
import { all, ask, type CritiqueAsk, type StageProgram, type Writer, type WriterChoice } from '../asks.js';
import type { Stage, StageOutput } from '../stage.js';
import type { Work } from '../work.js';
import { required } from './answers.js';
import { textFrame } from './text-frame.js';
import { given, written } from './writers.js';

/** Reads the draft against its sources and says what to change; its notes lend no word to the text. */
export const critic: Stage = {
  role: 'critic',
  *run(work: Work): StageProgram<StageOutput> {
    const order: readonly Writer[] =
      work.request.plan.critiqueBy === 'local' ? ['local'] : ['primary', 'local'];
    const opening = order[0]!;
    const [first, measured] = yield* all([
      critiqueAsk(work, { writer: opening }),
      { type: 'measure', pack: work.pack, output: work.text, keywords: [] },
    ]);
    const { value: critique, fallback } = yield* written(
      'critic',
      work.request,
      (choice) => (choice.writer === opening && !choice.kept ? given(first) : ask(critiqueAsk(work, choice))),
      order,
    );
    const { report, verdict } = required('critic', measured);
    const findings = distinct([...work.openFindings, ...verdict.findings]);
    const found = [...critique.value, ...findings.flatMap(noteOn), ...work.openMisses.map(noteOnScore)];
    const notes = found.map((note) => annotated(note, report));
    return { work: { ...work, notes, openFindings: [], openMisses: [] }, fallback };
  },
};

function critiqueAsk(work: Work, choice: WriterChoice): CritiqueAsk {
  return {
    type: 'generate',
    ...choice,
    request: { ...textFrame(work.request, work.pack.snippets), task: 'critique', draft: work.text },
  };
}

/** What an earlier role found and this one found again is said once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const known = new Set<string>();
  return findings.filter(({ kind, sentence, span, evidence }) => {
    const key = JSON.stringify([kind, sentence, span, evidence]);
    return !known.has(key) && known.add(key);
  });
}

/** A note with the snippets that its sentence leans on, so that who reads it can look. */
function annotated(note: CritiqueNote, { support }: QaReport): CritiqueNote {
  const backing = support.find(({ sentence }) => sentence === note.sentence);
  if (backing === undefined) return note;
  const nearest = backing.spans.map(({ snippetId }) => snippetId);
  const sources = [...new Set(nearest.length > 0 ? nearest : backing.snippetIds)];
  return sources.length > 0 ? { ...note, sources } : note;
}

/** What no source backs is taken out: the only mending that cannot invent. */
function noteOn(finding: Finding): CritiqueNote[] {
  if (finding.sentence === null) return [];
  return [{ sentence: finding.sentence, kind: 'ungrounded', action: 'drop', message: finding.message }];
}

/** A low score of the whole text: told to the Revisor, who may only act on it by arranging. */
function noteOnScore({ score, shortfall }: ScoreMiss): CritiqueNote {
  const kind = score === 'diversity' ? 'repetition' : 'tone';
  const message = `The score ${score} lies ${shortfall} below its threshold.`;
  return { sentence: null, kind, action: 'keep', message };
}
