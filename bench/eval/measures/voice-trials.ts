import { z } from 'zod';
import {
  backgroundOf,
  countStyle,
  ENGLISH_POPULATIONS,
  mannerOf,
  prepareVoice,
  profileOf,
  similarityOf,
  type VoiceBackground,
  type VoiceModel,
} from '../../../src/qa/voice/index.js';
import { sha256Hex } from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import { areaUnderCurve } from '../metrics/classification.js';
import { meanOf } from '../metrics/ranking.js';

export interface Piece {
  readonly author: string;
  readonly text: string;
}

export interface VoiceSet {
  readonly dataset: string;
  readonly line: z.ZodType<{ readonly id: string; readonly author: string; readonly text: string }>;
  /** Lines of one author that make one text. */
  readonly linesPerText: number;
  /** Who is told apart; everyone where it is left out. */
  readonly authors?: readonly string[];
  /** The part of our background that holds texts of this set. */
  readonly population: string | null;
  /** Burrows' Delta on 200 function words, and cosine of tf-idf character 4-grams, on the held-out files. */
  readonly floor: number;
  readonly reference: number;
}

/** Profiles of authors from some of their texts, and other texts to tell apart. */
export interface Trial {
  readonly models: ReadonlyMap<string, VoiceModel>;
  readonly tests: readonly Piece[];
}

const byAuthor = z.object({ id: z.string(), author: z.string(), text: z.string() });
const byPresident = z
  .object({ id: z.string(), president: z.string(), text: z.string() })
  .transform(({ id, president, text }) => ({ id, author: president, text }));

const byFederalist = z
  .object({
    id: z.string(),
    author: z.string().nullable(),
    expected_author: z.string().nullish(),
    text: z.string(),
  })
  .transform(({ id, author, expected_author: expected, text }) => ({
    id,
    author: federalistAuthor(author, expected),
    text,
  }));

/** Whose authorship nobody doubts, `disputed` where scholars give the paper to Madison, and `unknown` for the rest. */
function federalistAuthor(author: string | null, expected: string | null | undefined): string {
  if (author !== null && ['hamilton', 'madison', 'jay'].includes(author)) return author;
  return expected === 'madison' ? 'disputed' : 'unknown';
}

export const VOICE_SETS: readonly VoiceSet[] = [
  {
    dataset: 'style-spooky',
    line: byAuthor,
    linesPerText: 10,
    population: null,
    floor: 0.665,
    reference: 0.81,
  },
  {
    dataset: 'style-sotu',
    line: byPresident,
    linesPerText: 1,
    population: 'State of the Union addresses',
    floor: 0.911,
    reference: 0.969,
  },
  {
    dataset: 'style-federalist',
    line: byFederalist,
    linesPerText: 1,
    population: 'Federalist papers',
    authors: ['hamilton', 'madison'],
    floor: 0.709,
    reference: 0.569,
  },
];

/**
 * Held out: profiles from the development file, tests from the other. Development: each author's texts in two halves by
 * the hash of their ids, and either half tests the profiles of the other.
 */
export function trialsOf(data: DataFolder, set: VoiceSet, background?: VoiceBackground): Trial[] {
  const dev = linesOf(data, set, 'dev');
  if (data.split === 'heldout') return [trial(set, dev, linesOf(data, set, 'heldout'), background)];
  const halves: [Piece[], Piece[]] = [[], []];
  for (const own of byAuthorOf(dev).values())
    for (const [at, piece] of own.entries()) halves[at % 2]!.push(piece);
  return [trial(set, halves[0], halves[1], background), trial(set, halves[1], halves[0], background)];
}

function linesOf(data: DataFolder, { dataset, line }: VoiceSet, split: string): Piece[] {
  const keyed = data
    .read(line, dataset, `${split}.jsonl`)
    .map((each) => ({ ...each, key: sha256Hex(each.id) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
}

function trial(
  { linesPerText, authors }: VoiceSet,
  own: readonly Piece[],
  tests: readonly Piece[],
  background?: VoiceBackground,
): Trial {
  const models = new Map<string, VoiceModel>();
  for (const [author, pieces] of byAuthorOf(joined(own, linesPerText))) {
    if (authors && !authors.includes(author)) continue;
    const profile = profileOf(
      'article',
      pieces.map((piece) => piece.text),
    );
    models.set(author, prepareVoice(profile, background));
  }
  return { models, tests: joined(tests, linesPerText) };
}

function joined(pieces: readonly Piece[], linesPerText: number): Piece[] {
  if (linesPerText === 1) return [...pieces];
  return [...byAuthorOf(pieces)].flatMap(([author, own]) =>
    Array.from({ length: Math.floor(own.length / linesPerText) }, (_, at) => ({
      author,
      text: own
        .slice(at * linesPerText, (at + 1) * linesPerText)
        .map((piece) => piece.text)
        .join(' '),
    })),
  );
}

function byAuthorOf(pieces: readonly Piece[]): Map<string, Piece[]> {
  const byAuthor = new Map<string, Piece[]>();
  for (const piece of pieces) byAuthor.set(piece.author, [...(byAuthor.get(piece.author) ?? []), piece]);
  return byAuthor;
}

/** Our background without the texts of this set: what is left of our figures when it lends nothing to itself. */
export function backgroundWithout({ population }: VoiceSet): VoiceBackground | null {
  if (population === null) return null;
  const others = Object.entries(ENGLISH_POPULATIONS).filter(([name]) => name !== population);
  return backgroundOf(others.map(([, each]) => each));
}

/** Mean over authors of the area under the curve of likeness, own texts against others'; null where none has both. */
export function macroArea({ models, tests }: Trial): number | null {
  const background = [...models.values()][0]?.background;
  if (background === undefined) return null;
  const known = tests
    .filter(({ author }) => models.has(author))
    .map(({ author, text }) => ({ author, manner: mannerOf(countStyle(text), background) }));
  const areas = [...models].map(([author, model]) =>
    areaUnderCurve(
      known.map((test) => ({
        score: similarityOf(model.manner, test.manner),
        positive: test.author === author,
      })),
    ),
  );
  const defined = areas.filter((area) => area !== null);
  return defined.length === 0 ? null : meanOf(defined);
}
