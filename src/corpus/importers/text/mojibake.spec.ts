import fc from 'fast-check';
import { repairedText } from './mojibake.js';

const misread = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('repairedText', () => {
  it.each(['für', 'Ça va ? «oui»', 'Привет', '👩‍👧 family', '中文'])('repairs %s', (text) => {
    expect(repairedText(misread(text))).toBe(text);
  });

  it.each(['plain', 'für', '«CAFÉ»', 'naïve — text', 'Ã alone', '你好 Ã¼'])('leaves %s', (text) => {
    expect(repairedText(text)).toBe(text);
  });

  it('keeps the rest of a text that was cut inside a sign', () => {
    expect(repairedText(misread('größer für süße ñ').slice(0, -1))).toBe('größer für süße \u00c3');
  });

  it('gives back every text that was read wrongly, and leaves each repaired text beyond Latin-1 alone', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => /[^\u0000-\u007f]/.test(each));
    fc.assert(fc.property(text, (each) => expect(repairedText(misread(each))).toBe(each)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (each) => void repairedText(each)));
  });
});
