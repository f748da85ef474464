import { REQUEST, snippetOf } from './extractive.fixture.js';
import { outlineOf } from './outline.js';

const stove = snippetOf(
  'I decided in March 2025 to heat the studio with a tiled stove. It burns two baskets of birch a day. ' +
    'What would you have done?',
  { threadId: 't1', title: 'Heating the studio' },
  3,
);
const roof = snippetOf('The studio roof has kept the heat since 2023.', { threadId: 't2' }, 2);
const dinner = snippetOf('We had pancakes with lingonberries on Thursday.', { threadId: 't3' }, 1);
const request = {
  ...REQUEST,
  task: 'outline',
  prompt: 'How did I decide to heat the studio?',
  snippets: [stove, roof, dinner],
} as const;

describe('outlineOf', () => {
  it('puts the statement that answers first, and cites it', () => {
    expect(outlineOf(request).points[0]).toEqual({
      text: 'I decided in March 2025 to heat the studio with a tiled stove.',
      snippetIds: [stove.id],
      paragraph: 0,
    });
  });

  it('leaves out what speaks of something else, questions, and sentences that point back', () => {
    const texts = outlineOf(request).points.map((point) => point.text);
    expect(texts).toEqual([
      'I decided in March 2025 to heat the studio with a tiled stove.',
      'The studio roof has kept the heat since 2023.',
    ]);
  });

  it('takes the title that fits the prompt as headline', () => {
    expect(outlineOf(request).headline).toBe('Heating the studio');
  });

  it('takes a phrase of the points as headline where no title fits', () => {
    const untitled = snippetOf('The tiled stove is in the studio. A tiled stove needs birch.');
    const { headline } = outlineOf({ ...request, snippets: [untitled] });
    expect(headline).toBe('tiled stove');
  });

  it('honours the points to avoid', () => {
    const avoid = ['I decided in March 2025 to heat the studio with a tiled stove.'];
    expect(outlineOf({ ...request, avoid }).points.map((point) => point.text)).toEqual([
      'The studio roof has kept the heat since 2023.',
    ]);
  });

  it('gives seven points at most, none of them said twice', () => {
    const facts =
      'brown bricks carry the shelf,north light suits painters,pine floors creak at night,rent went up by ten crowns,' +
      'mice live behind the piano,two windows leak in autumn,cats may sleep on the sofa,oil paint smells for a week,' +
      'keys hang beside the mirror';
    const many = facts.split(',').map((fact) => snippetOf(`In the studio ${fact}.`));
    const twice = snippetOf('In the studio brown bricks carry the shelf!');
    const texts = outlineOf({ ...request, prompt: 'studio', snippets: [...many, twice] }).points.map(
      (point) => point.text,
    );
    expect(texts).toHaveLength(7);
    expect(texts.filter((text) => text.includes('bricks')).length).toBeLessThan(2);
  });

  it('falls back to a question where the corpus holds nothing else about the prompt', () => {
    const asked = snippetOf('Should the studio get a tiled stove?');
    expect(outlineOf({ ...request, snippets: [asked] }).points).toHaveLength(1);
  });
});
