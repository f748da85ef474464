import { idfOf } from '../../src/corpus/search/bm25.js';
import { snippetIdOf } from '../../src/corpus/search/search-hits.js';
import type { SearchHit, SearchResult } from '../../src/corpus/search/search-query.js';
import { type CorpusName, contentTermsOf, sha256Hex } from '../../src/shared/index.js';

/** What an invented gardener who bakes and runs has said. */
export const INVENTED_NOTES: readonly string[] = [
  'For the greenhouse I settled on infrared panels, since oil is too dear and the heating only has to keep the frost out.',
  'The greenhouse glass arrived, and the first tomatoes are potted.',
  'Heating the greenhouse with oil would need a tank behind the shed.',
  'My sourdough starter rises best at 26 degrees; feed it twice before baking.',
  'The sourdough loaf was dense because the starter was hungry.',
  'Kombucha needs ten days on the shelf, and the scoby must stay covered.',
  'Marathon plan: four runs, the long one on Sunday, and no speed before May.',
  'After the marathon my knee hurt for two weeks.',
  'The tax on capital gains is due in spring, says the accountant.',
  'We moved to a smaller flat and gave half of the furniture away.',
  'The flat is quieter, and my habits changed: I read in the evening now.',
  'In Lisbon we stayed near the river and ate grilled sardines.',
  'Biscuit, our dog, is afraid of thunder.',
  'The vet wants to see the dog again in autumn.',
  'Our book club reads a novel about lighthouse keepers.',
  'I drink a cup of tea before the club meets.',
  'The best thing in the world is a quiet morning.',
  'The heat pump makes a noise when the nights are cold.',
  'Anna brought plums from her garden for the jam.',
  'The tomatoes caught blight in August, so next year I will keep them dry.',
];

/** The notes that share a word with a query, ranked by the rarity of what they share; `others` inflates the corpus. */
export function searchNotes(
  query: string,
  notes: readonly string[] = INVENTED_NOTES,
  others = 300,
  corpus: CorpusName = 'personal',
): SearchResult {
  const size = notes.length + others;
  const stems = [...new Set(contentTermsOf(query).map((term) => term.stem))];
  const stemsOfNotes = notes.map((note) => new Set(contentTermsOf(note).map((term) => term.stem)));
  const terms = stems.map((stem) => {
    const documentCount = stemsOfNotes.filter((note) => note.has(stem)).length;
    return { stem, forms: [], documentCount, idf: idfOf(documentCount, size) };
  });
  const hits = notes.flatMap((text, index): SearchHit[] => {
    const matched = terms.filter((term) => stemsOfNotes[index]!.has(term.stem));
    const score = matched.reduce((sum, term) => sum + term.idf, 0);
    return score === 0
      ? []
      : [
          noteHit(
            text,
            score,
            corpus,
            String(index),
            matched.map((term) => term.stem),
          ),
        ];
  });
  return { hits: hits.sort((a, b) => b.snippet.score - a.snippet.score).slice(0, 20), terms };
}

function noteHit(
  text: string,
  score: number,
  corpus: CorpusName,
  documentId: string,
  matchedTerms: readonly string[],
): SearchHit {
  const documentHash = sha256Hex(text);
  const attribution = {
    documentId,
    corpus,
    source: 'notes',
    externalId: documentId,
    threadId: null,
    authorRole: 'self',
    title: null,
    url: null,
    timestamp: null,
    span: { start: 0, end: text.length },
    documentHash,
  } as const;
  const reasons = { bm25: score, relatedWords: 0, thread: 0, factors: [], matchedTerms };
  const snippet = { id: snippetIdOf(documentHash, 0, text.length), text, score, attribution };
  return { snippet, reasons, flags: [], context: null };
}
