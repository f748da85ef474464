import { contentTermsOf } from '../../../shared/index.js';
import { type Concepts, conceptShare, speaksOfTopic } from './concepts.js';
import { keyphrasesOf } from './keyphrases.js';
import { collapseSpace, type Statement } from './statement.js';

const MAX_HEADLINE_CHARS = 80;
const GENERIC_TITLE =
  /^(?:new (?:chat|conversation)|untitled|conversation|chat|notes?|draft|post|article)\b/iu;

/**
 * A headline in the material's own words: the title of the snippet that fits the prompt best; without one, the best
 * keyphrase of the points; without that, the first words of the first point.
 */
export function headlineOf(points: readonly Statement[], concepts: Concepts): string {
  return titleOf(points, concepts) ?? keyphraseOf(points, concepts) ?? openingOf(points[0]?.text ?? '');
}

function titleOf(points: readonly Statement[], concepts: Concepts): string | undefined {
  let best: string | undefined;
  let bestShare = 0;
  for (const { snippet } of points) {
    const title = collapseSpace(snippet.attribution.title ?? '');
    if (title === '' || title.length > MAX_HEADLINE_CHARS || GENERIC_TITLE.test(title)) continue;
    const stems = new Set(contentTermsOf(title).map((term) => term.stem));
    const share = speaksOfTopic(stems, concepts) ? conceptShare(stems, concepts) : 0;
    if (share > bestShare) {
      best = title;
      bestShare = share;
    }
  }
  return best;
}

function keyphraseOf(points: readonly Statement[], concepts: Concepts): string | undefined {
  const texts = points.map((point) => point.text);
  return keyphrasesOf(texts, concepts, 1).find((phrase) => phrase.length <= MAX_HEADLINE_CHARS);
}

function openingOf(text: string): string {
  let headline = '';
  for (const word of text.split(' ')) {
    const longer = headline === '' ? word : `${headline} ${word}`;
    if (longer.length > MAX_HEADLINE_CHARS) break;
    headline = longer;
  }
  // One word longer than a headline: cut between characters, never inside one.
  if (headline === '')
    for (const character of text) if (headline.length < MAX_HEADLINE_CHARS - 1) headline += character;
  return headline;
}
