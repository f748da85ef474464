import { plainText } from '../../../shared/index.js';
import { citing, REQUEST, snippetOf } from './extractive.fixture.js';
import { summaryOf } from './summarize.js';

const sentences = [
  'The village has a church and two shops.',
  'The tiled stove was built in 1931 by my grandfather.',
  'It was his third one.',
  'Elk cross the road at night.',
  'The tiled stove heats the kitchen and the studio in an hour.',
];
const source = snippetOf(sentences.join(' '));
const summarized = (maxWords: number, prompt = 'the tiled stove') =>
  summaryOf({ ...REQUEST, prompt, snippets: [source], text: citing(source, ...sentences), maxWords });

describe('summaryOf', () => {
  it('keeps a text that fits as it is', () => {
    const { text, trimmed } = summarized(100);
    expect(text).toEqual(citing(source, ...sentences));
    expect(trimmed).toEqual([]);
  });

  it('keeps what answers the prompt, whole and in order, and lists the rest', () => {
    const { text, trimmed } = summarized(24);
    expect(text.map((sentence) => sentence.text)).toEqual([sentences[1], sentences[4]]);
    expect(trimmed.map((section) => section.text)).toEqual([sentences[0], sentences[2], sentences[3]]);
  });

  it('keeps what the text dwells on where nothing is asked for, the short as well as the long', () => {
    const { text } = summarized(24, '');
    expect(text.map((sentence) => sentence.text)).toEqual([sentences[1], sentences[4]]);
    const long =
      'Tiled stoves, clay, a boat, two canoes, a tent, some ropes, a kettle, wood and bread were sold down the road.';
    const short = ['Tiled stoves stay warm.', 'Tiled stoves save wood.', 'Tiled stoves last long.'];
    const other = snippetOf([long, ...short].join(' '));
    const kept = summaryOf({
      ...REQUEST,
      prompt: '',
      snippets: [other],
      text: citing(other, long, ...short),
      maxWords: 21,
    });
    expect(kept.text.map((sentence) => sentence.text)).toEqual(short);
  });

  it('keeps a sentence that points back only behind the one it points to', () => {
    for (const maxWords of [5, 10, 15, 20, 25, 30]) {
      const texts = summarized(maxWords, 'grandfather third').text.map((sentence) => sentence.text);
      const at = texts.indexOf('It was his third one.');
      if (at !== -1) expect(texts[at - 1]).toBe(sentences[1]);
    }
  });

  it('gives the shortest relevant sentence whole where none fits', () => {
    expect(plainText(summarized(3).text)).toBe(sentences[1]);
  });

  it('numbers the paragraphs that are left without gaps', () => {
    const text = citing(source, ...sentences).map((sentence, paragraph) => ({ ...sentence, paragraph }));
    const { text: kept } = summaryOf({
      ...REQUEST,
      prompt: 'tiled stove',
      snippets: [source],
      text,
      maxWords: 24,
    });
    expect(kept.map((sentence) => sentence.paragraph)).toEqual([0, 1]);
  });

  it('names keywords of two to four words that occur in the text, the prompt first', () => {
    const { text, keywords } = summarized(100);
    expect(keywords[0]).toBe('tiled stove');
    for (const keyword of keywords) {
      expect(plainText(text)).toContain(keyword);
      expect(keyword.split(/[ -]/u).length).toBeGreaterThanOrEqual(2);
      expect(keyword.split(/[ -]/u).length).toBeLessThanOrEqual(4);
    }
  });
});
