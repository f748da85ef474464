import fc from 'fast-check';
import { readFrontMatter } from './front-matter.js';

describe('readFrontMatter', () => {
  it('reads title, date, tags and address, and leaves the text', () => {
    const text =
      '---\ntitle: "The Pear: a life"\ndate: 2024-03-05\ntags: [trees, "fruit"]\nurl: https://example.org/pear\nlayout: post\n---\n\n# Pears\n';
    expect(readFrontMatter(text)).toEqual({
      title: 'The Pear: a life',
      date: '2024-03-05T00:00:00.000Z',
      tags: ['trees', 'fruit'],
      url: 'https://example.org/pear',
      authorName: null,
      isDrawing: false,
      properties: [],
      body: '\n# Pears\n',
    });
  });

  it('reads tags as a list of lines and as words after commas', () => {
    expect(readFrontMatter('---\ntags:\n  - one\n  - "two"\n---\nx').tags).toEqual(['one', 'two']);
    expect(readFrontMatter('---\ntags: #one, two, one\n---\nx').tags).toEqual(['one', 'two']);
  });

  it.each([
    ['2024-03-05 10:20', '2024-03-05T10:20:00.000Z'],
    ['2024-03-05T10:20:30+02:00', '2024-03-05T08:20:30.000Z'],
    ['2024-03-05T10:20:30.123Z', '2024-03-05T10:20:30.000Z'],
    ['2024-13-45', null],
    ['last spring', null],
  ])('reads the date %s the same on every machine', (written, date) => {
    expect(readFrontMatter(`---\ndate: ${written}\n---\nx`).date).toBe(date);
  });

  it('takes no address but that of a web page', () => {
    expect(readFrontMatter('---\nurl: javascript:alert(1)\n---\nx').url).toBeNull();
  });

  it('keeps lines that it does not understand as text', () => {
    expect(readFrontMatter('---\ntitle: A\nwords of a person\n---\nand more').body).toBe(
      'words of a person\nand more',
    );
  });

  it.each(['---\nnever closed\n', 'no front matter\n---\ntitle: x\n---\n', ''])('leaves %j alone', (text) => {
    expect(readFrontMatter(text)).toMatchObject({ title: null, date: null, tags: [], url: null, body: text });
  });

  it('reads what only YAML can say: blocks, nested lists, quotes, anchors that are not followed', () => {
    const { title, tags, authorName, properties } = readFrontMatter(
      '---\ntitle: >-\n  A pear,\n  "ripe"\ntags:\n  - {name: trees}\n  - [deep]\nauthor: {name: Ann}\nrating: 5\nNotes: |\n  two\n  lines\n---\nx',
    );
    expect({ title, tags, authorName, properties }).toEqual({
      title: 'A pear, "ripe"',
      tags: ['trees'],
      authorName: 'Ann',
      properties: ['Notes: two\nlines\n'],
    });
    const bomb = `---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\ntitle: T\n---\nbody`;
    expect(readFrontMatter(bomb)).toMatchObject({ title: 'T', body: 'body' });
  });

  it('never throws, whatever stands between the lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (block) => {
        expect(readFrontMatter(`---\n${block}\n---\nthe body`).body).toContain('the body');
      }),
    );
  });
});
