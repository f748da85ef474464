import { contentTermsOf } from '../../../shared/index.js';
import type { Outline, OutlineRequest } from '../../text-generation.port.js';
import { likeness, SAME_LIKENESS } from './concepts.js';
import { headlineOf } from './headline.js';
import { type RankedStatement, readMaterial } from './relevance.js';
import { selectDiverse } from './selection.js';
import { collapseSpace } from './statement.js';

const MAX_POINTS = 7;
/** A point is at least this relevant, as a share of the best one's relevance. */
const POINT_FLOOR = 0.4;

/** Up to seven statements that answer the prompt and differ from each other, best first, under a headline. */
export function outlineOf(request: OutlineRequest): Outline {
  const material = readMaterial(request.prompt, request.mode, request.snippets);
  const wanted = withoutAvoided(material.ranked, request.avoid ?? []);
  const standing = wanted.filter(({ statement }) => !statement.dangling && !statement.leading);
  const candidates = standing.length > 0 ? standing : wanted;
  const points = selectDiverse(candidates, { count: MAX_POINTS, floor: POINT_FLOOR });
  return {
    headline: headlineOf(
      points.map(({ statement }) => statement),
      material.concepts,
    ),
    points: points.map(({ statement: { text, snippetIds } }, paragraph) => ({ text, snippetIds, paragraph })),
  };
}

function withoutAvoided(
  ranked: readonly RankedStatement[],
  avoid: readonly string[],
): readonly RankedStatement[] {
  const avoided = avoid.map((text) => ({
    text: collapseSpace(text),
    stems: new Set(contentTermsOf(text).map((term) => term.stem)),
  }));
  return ranked.filter(({ statement }) =>
    avoided.every(
      ({ text, stems }) => text !== statement.text && likeness(stems, statement.stems) < SAME_LIKENESS,
    ),
  );
}
