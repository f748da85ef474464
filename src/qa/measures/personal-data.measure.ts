import {
  type ContactType,
  detectContacts,
  detectSensitive,
  type SensitiveType,
  type Span,
} from '../../shared/index.js';
import { findPersonNames } from './person-name.measure.js';
import { findPlaces } from './place.measure.js';

export type PersonalDataType = ContactType | SensitiveType | 'person' | 'place';

export interface PersonalDatum {
  readonly type: PersonalDataType;
  readonly span: Span;
}

/**
 * All that points to a person, in order and without overlap: secrets, personal numbers, ways to reach somebody, names
 * of persons and places. Where two claim the same words, numbers come before addresses and addresses before names.
 */
export function detectPersonalData(text: string): PersonalDatum[] {
  const kept: PersonalDatum[] = [];
  const add = (found: readonly PersonalDatum[]) => {
    const free = found.filter(({ span }) => !overlapsAny(span, kept));
    kept.push(...free);
    kept.sort((a, b) => a.span.start - b.span.start);
  };
  add(detectSensitive(text));
  add(detectContacts(text));
  add(findPersonNames(text).map((span) => ({ type: 'person', span })));
  add(findPlaces(text).map((span) => ({ type: 'place', span })));
  return kept;
}

/** Looks for the last one that begins before the end, by halves: texts may hold thousands. */
function overlapsAny({ start, end }: Span, sorted: readonly PersonalDatum[]): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.span.start < end) low = middle + 1;
    else high = middle;
  }
  return low > 0 && sorted[low - 1]!.span.end > start;
}
