import fc from 'fast-check';
import { emptyProfile, mergeProfiles, profileOf, totalOf, type VoiceProfile } from './voice-profile.js';
import { chatty, stately, textsBy } from './writers.fixture.js';

const json = (profile: VoiceProfile) => JSON.stringify(profile);
/** A profile with one more text, as an import adds it. */
const withText = (profile: VoiceProfile, text: string) =>
  mergeProfiles(profile, profileOf(profile.register, [text]));
const TEXTS = [...textsBy(chatty, 30, 8), ...textsBy(stately, 30, 8), ...textsBy(chatty, 3, 700, 7)];
const LARGE = TEXTS.length - 3;

describe('a profile', () => {
  it('does not depend on order or batches', () => {
    const whole = json(profileOf('post', TEXTS));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(TEXTS, { minLength: TEXTS.length }),
        fc.nat(TEXTS.length),
        fc.nat(TEXTS.length),
        (shuffled, one, other) => {
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const [a, b, c] = [shuffled.slice(0, from), shuffled.slice(from, to), shuffled.slice(to)].map(
            (part) => profileOf('post', part),
          );
          expect(json(mergeProfiles(mergeProfiles(a!, b!), c!))).toBe(whole);
          expect(json(mergeProfiles(c!, mergeProfiles(b!, a!)))).toBe(whole);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('grows text by text as it does at once', () => {
    const some = TEXTS.slice(0, 8);
    expect(json(some.reduce(withText, emptyProfile('chat')))).toBe(json(profileOf('chat', some)));
    expect(json(mergeProfiles(emptyProfile('chat'), profileOf('chat', some)))).toBe(
      json(profileOf('chat', some)),
    );
  });

  it('stays small however much is added, and still does not depend on order', () => {
    const many = textsBy(stately, 400, 20, 3);
    const profile = profileOf('article', many);
    expect(json(profile).length).toBeLessThan(100_000);
    expect(totalOf(profile).words).toBeGreaterThan(100_000);
    expect(profile.sample.length).toBeLessThan(many.length);
    const merged = mergeProfiles(
      profileOf('article', many.slice(300)),
      profileOf('article', many.slice(0, 300)),
    );
    expect(json(merged)).toBe(json(profile));
    expect(JSON.parse(json(profile))).toEqual(profile);
  });

  it('lays the parts of a long text into several folds, and a short text into one', () => {
    const foldsOf = (text: string) =>
      profileOf('article', [text]).folds.filter((fold) => fold.words > 0).length;
    expect(foldsOf(TEXTS[LARGE]!)).toBeGreaterThan(1);
    expect(foldsOf(TEXTS[0]!)).toBe(1);
  });

  it('leaves out what is not English', () => {
    const german =
      'Der Garten hinter dem Haus wurde im letzten Jahr neu angelegt und wir haben dort viele Rosen gepflanzt, die nun alle blühen.';
    const profile = profileOf('post', [german, '漢字かな交じり文を書きます。', '', TEXTS[0]!]);
    expect(profile.texts).toBe(1);
    expect(profile.textsNotEnglish).toBe(3);
    expect(totalOf(profile)).toEqual(totalOf(profileOf('post', [TEXTS[0]!])));
  });

  it('keeps no sentence with personal data, and counts it all the same', () => {
    const text = `${TEXTS[0]} You can write to anna@example.org about the bridge. Bye.`;
    const profile = profileOf('chat', [text]);
    expect(json(profile)).not.toContain('anna@');
    expect(profile.sample[0]!.text).toContain('Bye.');
    expect(totalOf(profile).words).toBeGreaterThan(totalOf(profileOf('chat', [TEXTS[0]!])).words + 8);
  });

  it('refuses to merge registers and versions', () => {
    expect(() => mergeProfiles(emptyProfile('chat'), emptyProfile('post'))).toThrow(TypeError);
    expect(() => mergeProfiles(emptyProfile('chat'), { ...emptyProfile('chat'), version: 0 })).toThrow(
      TypeError,
    );
  });

  it.each([
    '',
    ' ',
    'a',
    '\ud800',
    '🎉'.repeat(2000),
    'x'.repeat(1_000_000),
    'AND THE '.repeat(5000),
    '| a | b |\n'.repeat(500),
  ])('takes any text (%#)', (text) => {
    const profile = profileOf('chat', [text]);
    expect(profile.texts + profile.textsNotEnglish).toBe(1);
    expect(json(profile).length).toBeLessThan(100_000);
    expect(json(profile).isWellFormed()).toBe(true);
  });
});
