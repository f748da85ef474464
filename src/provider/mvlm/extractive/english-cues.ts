import { stemOf } from '../../../shared/index.js';

const stemSet = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stemOf));

/** Words of a prompt that say what to do or in which form, seldom what about: they weigh little. */
export const LIGHT_PROMPT_STEMS = stemSet(
  'answer article ask best blog brief briefly change choose chose compare consider current currently decide ' +
    'decided decision describe detail details discuss draft email essay explain feel find go going good gone happen happened ' +
    'help idea ideas important know last lately learn learned list look love main mention message need new note ' +
    'notes opinion overview paragraph pick piece plan planned post question recall recent recently remember ' +
    'reply say short start started story summarise summarize summary talk tell text think thought thoughts time ' +
    'style today tone topic try tweet use used usually view voice want way went words work write year years',
);

/** Words that often make a piece of text a full clause; not a grammar, a sieve for fragments. */
export const COMMON_VERBS: ReadonlySet<string> = new Set(
  (
    'is are was were am be been being has have had do does did can could will would shall should may might must ' +
    'need needs want wants get gets got go goes went gone make makes made take takes took taken give gives gave ' +
    'come comes came say says said see saw seen know knows knew think thinks thought find finds found keep keeps ' +
    'kept let lets put puts set sets run runs ran hold holds held bring brings brought buy bought build built ' +
    'cost costs cut feel feels felt grow grows grew grown leave leaves left lose lost mean means meant meet met ' +
    'pay pays paid read rise rose sell sold send sent sit sat sleep slept speak spoke spend spent stand stood ' +
    'start starts stop stops teach taught tell told try tries use uses wake won write writes wrote written work ' +
    'works like likes love loves prefer prefers agree agrees seem seems show shows stay stays turn turns chose ' +
    'choose add adds begin began become becomes became eat ate drink drank fall fell hear heard help helps'
  ).split(' '),
);

const FAMILIES = [
  'decide decision',
  'choose chose chosen choice',
  'buy bought',
  'pay paid payment',
  'run ran',
  'grow grew grown',
  'build built',
  'spend spent',
  'teach taught',
  'speak spoke spoken',
  'eat ate eaten',
  'sell sold',
  'win won',
  'meet met',
  'drive drove driven',
  'lose lost loss',
  'sleep slept',
  'apply application',
  'explain explanation',
].map((family) => family.split(' ').map(stemOf));

const FAMILY_OF = new Map(FAMILIES.flatMap((family) => family.map((stem) => [stem, family] as const)));
const SUFFIXES: ReadonlySet<string> = new Set([
  'er',
  'or',
  'ion',
  'ation',
  'ment',
  'al',
  'y',
  'ness',
  'ist',
  'ful',
]);
const MIN_ROOT_CHARS = 4;

/** Whether two stems name the same thing: equal, an irregular form, or one a derivation of the other. */
export function sameConcept(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= MIN_ROOT_CHARS && long.startsWith(short) && SUFFIXES.has(long.slice(short.length)))
    return true;
  return FAMILY_OF.get(a)?.includes(b) ?? false;
}

const DATE =
  /\b(?:20\d\d|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|o'clock|\d{1,2}[:.]\d\d)\b/iu;

/** What a prompt of some kind is answered with, as far as its form shows. */
const ANSWER_CUES: readonly (readonly [prompt: RegExp, answer: RegExp])[] = [
  [
    /\bwhy\b|\breasons?\b/iu,
    /\b(?:because|since|so that|reason|due to|in order to|to avoid|which is why)\b/iu,
  ],
  [/\bhow (?:much|many|long|far|often|big)\b|\b(?:cost|price|budget|amount)s?\b/iu, /\d/u],
  [/\bwhen\b|\b(?:date|deadline|schedule)\b/iu, DATE],
  [
    /\b(?:decid\w*|decision|chose|choose|settle\w*)\b/iu,
    /\b(?:decided|decision|chose|chosen|settled|agreed|opted|picked|switched|going with|went with|instead of)\b/iu,
  ],
  [/\bwho\b|\bwhose\b/iu, /[\p{Ll},] \p{Lu}\p{Ll}+/u],
];

/** The patterns that an answer to this prompt tends to hold. */
export function answerCuesOf(prompt: string): readonly RegExp[] {
  return ANSWER_CUES.filter(([asked]) => asked.test(prompt)).map(([, answer]) => answer);
}
