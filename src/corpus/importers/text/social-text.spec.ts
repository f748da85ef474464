import fc from 'fast-check';
import { countsTogether, givenParts } from './given-parts.js';
import { hashtagsIn } from './hashtags.js';
import { withoutEntities } from './plain-entities.js';
import { ReplyChains } from './reply-chains.js';

describe('withoutEntities', () => {
  it('decodes names and numbers once', () => {
    expect(
      withoutEntities('a &amp; b &lt;i&gt; &quot;c&quot; &#39;d&#x27; &amp;lt; &eacute; &#9999999;'),
    ).toBe('a & b <i> "c" \'d\' &lt; &eacute; &#9999999;');
  });

  it('takes back what services do to a text, whatever it says', () => {
    const escaped = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const text = fc.string({ unit: fc.constantFrom('&', ';', '#', 'l', 't', 'amp', '<', '>', '1') });
    fc.assert(fc.property(text, (each) => expect(withoutEntities(escaped(each))).toBe(each)));
  });
});

describe('hashtagsIn', () => {
  it('finds words, not numbers, anchors or entities', () => {
    expect(hashtagsIn('#Birnen und #pflaumen_24, not #1, a#b, &#39; or https://e.org/#top ＃犬')).toEqual([
      'Birnen',
      'pflaumen_24',
      '犬',
    ]);
  });
});

describe('countsTogether', () => {
  it('adds numbers and texts of numbers; nothing is null, not zero', () => {
    expect(countsTogether(['3', 4, undefined, 'x', -2])).toBe(7);
    expect(countsTogether([undefined, null, ''])).toBeNull();
    expect(givenParts({ authorName: '', replyTo: null, engagement: 0 })).toEqual({ engagement: 0 });
  });
});

describe('ReplyChains', () => {
  it('finds the first message, known or not, whatever the order', () => {
    const chains = new ReplyChains();
    chains.learn('c', 'b');
    chains.learn('b', 'a');
    expect(['a', 'b', 'c', 'other'].map((id) => chains.rootOf(id))).toEqual(['a', 'a', 'a', 'other']);
  });

  it('ends in circles, with one first message for all of them', () => {
    const chains = new ReplyChains();
    for (const [id, parent] of ['ab', 'bc', 'ca', 'da', 'ee']) chains.learn(id!, parent!);
    expect(['d', 'a', 'b', 'c', 'e'].map((id) => chains.rootOf(id))).toEqual(['a', 'a', 'a', 'a', 'e']);
  });

  it('follows a chain of two hundred thousand in little time', () => {
    const chains = new ReplyChains();
    for (let at = 1; at < 200_000; at++) chains.learn(String(at), String(at - 1));
    const roots = new Set<string>();
    for (let at = 199_999; at > 0; at -= 7) roots.add(chains.rootOf(String(at)));
    expect([...roots]).toEqual(['0']);
  });
});
