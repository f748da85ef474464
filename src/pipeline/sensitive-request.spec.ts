import { aSnippet, cited } from '../../test/support/pipeline-values.js';
import type { WritingAsk } from './asks.js';
import { holdsSensitive } from './sensitive-request.js';

const CARD = '4111 1111 1111 1111';
const TEXT = cited(['The hotbed heats the greenhouse.', 's1']);
const FRAME = {
  prompt: 'What heats the greenhouse?',
  mode: 'chat',
  tone: 'neutral',
  style: 'concise',
  snippets: [aSnippet('s1', 'The hotbed heats the greenhouse.')],
} as const;

/** Every request that a stage can put to a writer, with each of its fields filled. */
const REQUESTS: readonly WritingAsk['request'][] = [
  { ...FRAME, task: 'outline', avoid: ['A second point.'] },
  {
    ...FRAME,
    task: 'draft',
    outline: { headline: 'heat', points: TEXT },
    maxWords: 300,
    styleSnippets: [aSnippet('s2', 'I walk a lot.', 'social')],
  },
  { ...FRAME, task: 'critique', draft: TEXT },
  {
    ...FRAME,
    text: TEXT,
    notes: [{ sentence: 0, kind: 'ungrounded', action: 'drop', message: 'No source says so.' }],
  },
  { ...FRAME, text: TEXT, maxWords: 150 },
];

/** Ids and places: what names a document, and no words that a writer is sent. */
const NOT_WORDS =
  /\.(?:id|documentId|externalId|threadId|documentHash|source|url|timestamp)$|\.snippetIds\.\d+$/;

/** The request once for each text in it, with a card number there. */
function* planted(value: unknown, path = ''): Generator<[path: string, planted: unknown]> {
  if (typeof value === 'string' || (value === null && path.endsWith('.title'))) {
    if (!NOT_WORDS.test(path)) yield [path, `The card is ${CARD}.`];
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    for (const [at, changed] of planted(each, `${path}.${name}`)) {
      yield [at, Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed }];
    }
  }
}

describe('holdsSensitive', () => {
  it.each(REQUESTS)('finds nothing in a harmless request: %#', (request) => {
    expect(holdsSensitive(request)).toBe(false);
    expect(holdsSensitive(request)).toBe(false);
  });

  it.each(
    REQUESTS.flatMap((request, index) => [...planted(request)].map((each) => [index, ...each] as const)),
  )('finds a card number in request %i at %s', (_index, _path, request) => {
    expect(holdsSensitive(request)).toBe(true);
    expect(holdsSensitive(request)).toBe(true);
  });

  it('looks at the title of a snippet, which writers are sent, and at no address of a document', () => {
    const snippet = aSnippet('s1', 'Heat.');
    const within = (more: object) => ({
      ...FRAME,
      snippets: [{ ...snippet, attribution: { ...snippet.attribution, ...more } }],
    });
    expect(holdsSensitive(within({ title: `Card ${CARD}` }))).toBe(true);
    expect(holdsSensitive(within({ url: `https://example.org/?token=${'aB3x'.repeat(6)}` }))).toBe(false);
  });

  it.each([
    ['full-width digits', '４１１１ １１１１ １１１１ １１１１'],
    ['no-break spaces', CARD.replaceAll(' ', '\u00A0')],
    ['long dashes', CARD.replaceAll(' ', '–')],
    ['unseen characters', CARD.replaceAll(' ', '\u200B')],
  ])('is not deceived by %s', (_name, prompt) => {
    expect(holdsSensitive({ ...FRAME, prompt })).toBe(true);
  });

  it.each(['Write to anna@example.org.', 'Call +49 30 901820.', 'Anna Petersen lives in Hamburg.'])(
    'lets go what is personal and no secret: %s',
    (prompt) => {
      expect(holdsSensitive({ ...FRAME, prompt })).toBe(false);
    },
  );
});
