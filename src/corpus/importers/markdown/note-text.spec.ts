import fc from 'fast-check';
import { readNote } from './note-text.js';

describe('readNote', () => {
  it.each([
    ['[[Pear]] and [[a/b/Pear]]', 'Pear and Pear'],
    ['[[Pear|a tree]], [[Pear\\|in a table]]', 'a tree, in a table'],
    ['[[Pear#Bark]], [[#Bark]], [[Pear#^ab12]]', 'Pear > Bark, Bark, Pear'],
    ['![[Other note]]', 'Other note'],
    ['a %%not\nfor you%% b', 'a  b'],
    ['A line. ^ab12cd', 'A line.'],
    ['x ^2', 'x ^2'],
    ['Rating:: 5 stars', 'Rating: 5 stars'],
    ['It was [mood:: bright] then', 'It was mood: bright then'],
    ['std::vector and a::b', 'std::vector and a::b'],
    ['> [!tip]+ Prune early\n> In March.\n\nAfter', 'Prune early\nIn March.\n\nAfter'],
    ['> [!quote] Somebody\n> Their words', '> Somebody\n> Their words'],
    ['> plain quotation', '> plain quotation'],
  ])('of %j is %j', (markdown, text) => {
    expect(readNote(markdown).text).toBe(text);
  });

  it('leaves code as it is', () => {
    const code = '`[[x]]` and ``%%y%%``\n```js\nconst a = [[1]]; // #no\n%%\n```';
    expect(readNote(code)).toEqual({ text: code, tags: [], attachments: [] });
  });

  it('finds tags in the text, and no colour, heading, address or number', () => {
    expect(
      readNote('#a-b text #c/d, (not #1) x#no https://e.org/#no\n# Heading\ncolor: &#39; #Ärger').tags,
    ).toEqual(['a-b', 'c/d', 'Ärger']);
  });

  it('notes embedded files by kind', () => {
    expect(readNote('![[a/bark.PNG]] ![[talk.mp3]] ![[plan.pdf#page=2]] ![[walk.mp4]]').attachments).toEqual([
      'image: bark.PNG',
      'audio: talk.mp3',
      'file: plan.pdf',
      'video: walk.mp4',
    ]);
  });

  it('keeps every word of plain text', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, (list) => {
        expect(readNote(list.join(' ')).text).toBe(list.join(' '));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readNote(text)));
  });
});
