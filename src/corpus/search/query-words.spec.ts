import { holdsPhrase, plainWords, queryWordsOf } from './query-words.js';

const stemsOf = (text: string) => queryWordsOf(text).words.map((word) => word.stem);

describe('queryWordsOf', () => {
  it('gives the distinct content stems in order', () => {
    expect(stemsOf('What did I say about heating and the heated greenhouse?')).toEqual(['heat', 'greenhous']);
    expect(stemsOf('what is it about?')).toEqual([]);
  });

  it('stems a query in its own language where that can be told, and else in all', () => {
    expect(stemsOf('Was hast du über die Häuser und den Garten gesagt?')).toContain('haus');
    const [word] = queryWordsOf('Häuser').words;
    expect(word).toMatchObject({ stem: 'hauser' });
    expect(word!.forms).toContainEqual({ language: 'de', stem: 'haus' });
  });

  it('knows what is quoted, and whether anything stands beside it', () => {
    const alone = queryWordsOf('"oil tank" “Garden  Shed”');
    expect(alone.phrases).toEqual([
      { plain: ' oil tank ', stems: ['oil', 'tank'] },
      { plain: ' garden shed ', stems: ['garden', 'shed'] },
    ]);
    expect(alone.asksBeside).toBe(false);
    expect(queryWordsOf('who said "oil tank" in spring').asksBeside).toBe(true);
    expect(queryWordsOf('a 5" pipe').phrases).toEqual([]);
  });
});

describe('holdsPhrase', () => {
  const holds = (text: string, quoted: string) =>
    holdsPhrase(plainWords(text), queryWordsOf(`"${quoted}"`).phrases[0]!);

  it('wants the words side by side, whatever stands between them', () => {
    expect(holds('An OIL-tank, behind the shed', 'oil tank')).toBe(true);
    expect(holds('a tank for oil', 'oil tank')).toBe(false);
    expect(holds('boil tanks', 'oil tank')).toBe(false);
  });

  it('looks inside of scripts without spaces', () => {
    expect(holds('今日は東京都に行く', '東京')).toBe(true);
  });
});
