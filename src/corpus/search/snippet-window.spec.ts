import fc from 'fast-check';
import { termsOf } from '../../shared/index.js';
import { windowsOf } from './snippet-window.js';

function cut(text: string, weights: Record<string, number>): string[] {
  return windowsOf(text, termsOf(text), new Map(Object.entries(weights))).map(({ start, end }) =>
    text.slice(start, end),
  );
}

const FILLER = Array.from(
  { length: 30 },
  (_, index) => `Sentence number ${index} speaks of nothing much at all.`,
);

describe('windowsOf', () => {
  it('gives a short text whole, without the white space around it', () => {
    expect(cut('  Frost came early. \n', { frost: 1 })).toEqual(['Frost came early.']);
    expect(cut(' \n ', { frost: 1 })).toEqual([]);
  });

  it('cuts at sentence ends around the words', () => {
    const text = [...FILLER, 'The frost broke the pump.', ...FILLER].join(' ');
    const [window, ...others] = cut(text, { frost: 1, pump: 1 });
    expect(others).toEqual([]);
    expect(window).toContain('The frost broke the pump.');
    expect(window).toMatch(/^Sentence number .* at all\.$/u);
    expect(window!.length).toBeGreaterThan(300);
    expect(window!.length).toBeLessThanOrEqual(480);
  });

  it('prefers the place where more of the words stand together', () => {
    const text = ['Frost.', ...FILLER, 'A pump and frost.', ...FILLER, 'The pump.'].join(' ');
    expect(cut(text, { frost: 1, pump: 1 })).toEqual([expect.stringContaining('A pump and frost.')]);
  });

  it('adds a second window for words that the first lacks', () => {
    const text = ['The frost was hard.', ...FILLER, 'We bought a pump.'].join(' ');
    const windows = cut(text, { frost: 2, pump: 1 });
    expect(windows).toEqual([expect.stringContaining('frost'), expect.stringContaining('pump')]);
  });

  it('begins at the beginning where the words are not in the text', () => {
    const [window] = cut(FILLER.join(' '), { frost: 1 });
    expect(window).toMatch(/^Sentence number 0 .*\.$/u);
  });

  it('cuts an endless sentence between words', () => {
    const words = Array.from({ length: 400 }, (_, index) => `word${index}`);
    const [window] = cut(words.join(' '), { word200: 1 });
    expect(window).toMatch(/^word\d+ .*\bword200\b.* word\d+$/u);
    expect(window!.length).toBeLessThanOrEqual(480);
  });

  it.each(['', 'x'])('splits no character, wherever the cut falls (%s)', (start) => {
    const [window] = cut(`${start}${'🌱'.repeat(900)} frost ${'🌱'.repeat(900)}`, { frost: 1 });
    expect(window).toContain('frost');
    expect(window!.isWellFormed()).toBe(true);
  });

  it('always gives verbatim, well-formed, separate pieces that hold the words they name', () => {
    const piece = fc.oneof(
      fc.constantFrom('frost', 'Frost.', 'pump', 'pump!', '\n\n', '漢字漢字', '🌱'.repeat(9), 'x'.repeat(90)),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    const texts = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(' ').toWellFormed());
    const weights = new Map([
      ['frost', 2],
      ['pump', 1],
    ]);
    fc.assert(
      fc.property(texts, (text) => {
        const windows = windowsOf(text, termsOf(text), weights);
        const present = termsOf(text).some((term) => weights.has(term.stem));
        expect(windows.length > 0).toBe(text.trim() !== '');
        for (const { start, end, stems } of windows) {
          const snippet = text.slice(start, end);
          expect(snippet).toBe(snippet.trim());
          expect(snippet.isWellFormed()).toBe(true);
          expect(end - start).toBeLessThanOrEqual(720);
          const found = new Set(termsOf(snippet).map((term) => term.stem));
          for (const stem of stems) expect(found).toContain(stem);
        }
        if (present) expect(windows[0]!.stems.size).toBeGreaterThan(0);
        if (windows.length === 2) {
          const [first, second] = [...windows].sort((a, b) => a.start - b.start);
          expect(first!.end).toBeLessThanOrEqual(second!.start);
        }
      }),
      { numRuns: 400 },
    );
  });
});
