import { plainText } from '../../../shared/index.js';
import type { DraftRequest } from '../../text-generation.port.js';
import { draftOf } from './draft.js';
import { REQUEST, snippetOf } from './extractive.fixture.js';
import { outlineOf } from './outline.js';

const may = snippetOf(
  'I repaired the tiled stove in May. It had a crack behind the door.',
  { threadId: 'stove', timestamp: '2025-05-03T10:00:00Z' },
  2,
);
const june = snippetOf(
  'The tiled stove heated the studio to 19 degrees in June. Nobody felt cold there.',
  { threadId: 'stove', timestamp: '2025-06-03T10:00:00Z' },
  3,
);
const other = snippetOf('A tiled stove weighs about 900 kilos.', { threadId: 'book' }, 1);
const base = { ...REQUEST, prompt: 'tiled stove studio', snippets: [june, may, other] };
const request: DraftRequest = {
  ...base,
  task: 'draft',
  outline: outlineOf({ ...base, task: 'outline' }),
  maxWords: 100,
  styleSnippets: [],
};

describe('draftOf', () => {
  it('makes a paragraph of a thread in the order in which it was said', () => {
    const text = plainText(draftOf(request));
    expect(text.indexOf('in May')).toBeLessThan(text.indexOf('in June'));
    expect(text.indexOf('in June')).toBeLessThan(text.indexOf('900 kilos'));
    expect(text).toContain('June. Nobody felt cold there.');
  });

  it('keeps a sentence that points back right behind the one it points to', () => {
    expect(plainText(draftOf(request))).toContain(may.text);
  });

  it('keeps to the number of words with whole sentences', () => {
    const text = draftOf({ ...request, maxWords: 20 });
    const sentences = [june, may, other].flatMap((snippet) => snippet.text.split(/(?<=\.) /u));
    expect(text.length).toBeGreaterThan(0);
    expect(text.every((sentence) => sentences.includes(sentence.text))).toBe(true);
    expect(plainText(text).split(/\s+/u).length).toBeLessThanOrEqual(20);
  });

  it('gives the shortest relevant statement whole where none fits', () => {
    expect(plainText(draftOf({ ...request, maxWords: 2 }))).toMatch(
      /^(?:A tiled stove weighs|I repaired)[^.]*\.$/u,
    );
  });

  it('takes the length of sentences from the style snippets, and no word', () => {
    const short = snippetOf('The stove smokes in the studio.', { threadId: 'a' });
    const long = snippetOf(
      'The stove in the studio smokes whenever the wind comes from the west and nobody has closed the upper window.',
      { threadId: 'b' },
    );
    const steered = (style: string) =>
      plainText(
        draftOf({
          ...request,
          prompt: 'stove studio',
          snippets: [short, long],
          outline: { headline: '', points: [] },
          maxWords: 22,
          styleSnippets: [snippetOf(style)],
        }),
      );
    expect(steered('Paint dries. Cats sleep. Rain falls.')).toBe(short.text);
    expect(
      steered(
        'Paint dries slowly on the walls of old houses that stand near the sea where rain falls all day.',
      ),
    ).toBe(long.text);
  });
});
