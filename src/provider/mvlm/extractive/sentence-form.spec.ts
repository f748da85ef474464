import type { AuthorRole } from '../../../shared/index.js';
import { formOf, STANDS_ALONE } from './sentence-form.js';

const form = (sentence: string, authorRole: AuthorRole = 'self') =>
  formOf(sentence, { authorRole, edge: { start: false, end: false } });

describe('formOf', () => {
  it.each([
    'The boiler in the studio was replaced in March 2025.',
    'Mix two parts of sand with one part of lime.',
    'i decided to keep the old boiler because it still works',
    'Thanks to the new pump the cellar stayed dry.',
    'Der neue Ofen heizt das ganze Haus in einer Stunde.',
    '我们决定明年春天更换温室的加热器。',
  ])('lets a statement stand: %s', (sentence) => {
    expect(form(sentence).quality).toBeGreaterThanOrEqual(STANDS_ALONE);
  });

  it.each([
    ['question', 'Which boiler would you take for the studio?'],
    ['thanks', 'Thanks so much for the long answer!'],
    ['offer', 'Let me know if you want a second plan for the studio.'],
    ['praise', 'Great question about the studio and its boiler.'],
    ['introduction', 'Here is a plan for the studio and its boiler:'],
    ['request', 'Please write me a letter about the boiler.'],
    ['fragment', 'Two bags of lime'],
    ['short piece', 'Not today.'],
    ['noun list', 'sand, lime, water, bucket, trowel'],
  ])('leaves out a %s', (_, sentence) => {
    expect(form(sentence).quality).toBeLessThan(STANDS_ALONE);
  });

  it.each([
    'const boiler = studio.find((part) => part.hot);',
    '| boiler | 300 | 2025 |',
    'See https://example.org/boilers/2025',
    'npm install boiler --save',
  ])('never quotes code, tables or addresses: %s', (line) => {
    expect(form(line).quality).toBe(0);
  });

  it.each([
    'It costs 300 crowns a month.',
    'But the roof has to wait.',
    'This was the right decision.',
    'I want to call it "Warm rooms".',
    'We also bought a second bucket.',
    'Until then the studio stayed cold.',
  ])('sees that a sentence points back: %s', (sentence) => {
    expect(form(sentence).dangling).toBe(true);
  });

  it.each([
    'This year we heat the studio with wood.',
    'So far the roof has cost 900 crowns.',
    'The studio is warm when it has been heated.',
    'Instead of coal we burn birch.',
  ])('sees that a sentence stands without the one before: %s', (sentence) => {
    expect(form(sentence).dangling).toBe(false);
  });

  it('sees what announces the next sentences', () => {
    expect(form('My rules for the studio are these.').leading).toBe(true);
    expect(form('My rules for the studio are strict.').leading).toBe(false);
  });

  it('ranks what an assistant tells its reader behind a statement', () => {
    const sentence = 'You should heat the studio before noon.';
    expect(form(sentence, 'assistant').quality).toBeLessThan(form(sentence, 'other').quality);
  });

  it('distrusts a sentence that the window may have cut', () => {
    const cut = formOf('and then heated the studio until noon.', {
      authorRole: 'self',
      edge: { start: true, end: false },
    });
    expect(cut.quality).toBeLessThan(STANDS_ALONE);
  });
});
