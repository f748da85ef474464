import type { CitedText } from '../../../shared/index.js';
import type { CritiqueNote, CritiqueRequest } from '../../text-generation.port.js';
import { readCitedText } from './cited-statements.js';
import { type Concepts, conceptShare, likeness, SAME_LIKENESS, topicShare } from './concepts.js';
import { readMaterial, TITLE_SHARE, titleStems } from './relevance.js';
import { misplacedIn } from './sentence-moves.js';
import type { Statement } from './statement.js';

const MAX_SENTENCE_WORDS = 45;

/** Notes on sentences that cite nothing given, stray from the prompt, repeat, stand out of order or run long. */
export function critiqueOf(request: CritiqueRequest): readonly CritiqueNote[] {
  const { snippets, statements, concepts } = readMaterial(request.prompt, request.mode, request.snippets);
  const sentences = readCitedText(request.draft, snippets);
  const notes = [
    ...ungrounded(sentences),
    ...offTopic(request.draft, sentences, concepts),
    ...repeated(sentences),
    ...misplacedIn(request.draft, statements).map((sentence) => ({
      sentence,
      kind: 'order' as const,
      action: 'move' as const,
      message: 'It was said before the sentence in front of it.',
    })),
    ...tooLong(sentences),
  ];
  return notes.sort((a, b) => (a.sentence ?? -1) - (b.sentence ?? -1));
}

function ungrounded(sentences: readonly Statement[]): CritiqueNote[] {
  return sentences.flatMap(({ snippet }, sentence) =>
    snippet.id === ''
      ? [{ sentence, kind: 'ungrounded', action: 'drop', message: 'It cites no snippet that was given.' }]
      : [],
  );
}

/**
 * A sentence strays where neither it, nor its title, nor a neighbour in its paragraph speaks of the prompt, and no such
 * sentence announced it.
 */
function offTopic(draft: CitedText, sentences: readonly Statement[], concepts: Concepts): CritiqueNote[] {
  const speaks = sentences.map(
    (statement) =>
      conceptShare(statement.stems, concepts) > 0 ||
      topicShare(titleStems(statement), concepts) >= TITLE_SHARE,
  );
  if (!speaks.includes(true)) return [];
  const together = (at: number, other: number) => draft[at]?.paragraph === draft[other]?.paragraph;
  const isNear = (at: number, other: number) => together(at, other) && speaks[other] === true;
  let announcer = -1;
  return sentences.flatMap((statement, sentence) => {
    if (statement.leading && speaks[sentence]) announcer = sentence;
    const announced =
      announcer !== -1 &&
      together(sentence, announcer) &&
      sentences[announcer]?.snippet.id === statement.snippet.id;
    if (speaks[sentence] || isNear(sentence, sentence - 1) || isNear(sentence, sentence + 1) || announced)
      return [];
    const message = 'Neither it nor a sentence next to it speaks of what was asked.';
    return [{ sentence, kind: 'off_topic', action: 'drop', message }];
  });
}

function repeated(sentences: readonly Statement[]): CritiqueNote[] {
  return sentences.flatMap((statement, sentence) => {
    const first = sentences
      .slice(0, sentence)
      .findIndex(
        (other) => other.text === statement.text || likeness(other.stems, statement.stems) >= SAME_LIKENESS,
      );
    if (first === -1) return [];
    return [{ sentence, kind: 'repetition', action: 'drop', message: `It repeats sentence ${first + 1}.` }];
  });
}

function tooLong(sentences: readonly Statement[]): CritiqueNote[] {
  return sentences.flatMap(({ words }, sentence) =>
    words > MAX_SENTENCE_WORDS
      ? [
          {
            sentence,
            kind: 'too_long',
            action: 'keep',
            message: `It has ${words} words; a sentence that is quoted cannot be cut.`,
          },
        ]
      : [],
  );
}
