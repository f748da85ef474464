import fc from 'fast-check';
import { declaredCharset } from './declared-charset.js';
import { decodeText } from './text-bytes.js';

const bytesOf = (...codes: number[]) => Buffer.from(codes);

function utf32(text: string, isLittleEndian: boolean): Buffer {
  const points = [...text].map((sign) => sign.codePointAt(0)!);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, at) => {
    if (isLittleEndian) bytes.writeUInt32LE(point, at * 4);
    else bytes.writeUInt32BE(point, at * 4);
  });
  return bytes;
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('café')],
    ['UTF-8 with a mark', Buffer.from('\ufeffcafé')],
    ['UTF-16, little-endian, marked', Buffer.from('\ufeffcafé', 'utf16le')],
    ['UTF-16, big-endian, marked', utf16be('\ufeffcafé')],
    ['UTF-16, little-endian', Buffer.from('café', 'utf16le')],
    ['UTF-16, big-endian', utf16be('café')],
    ['UTF-32, little-endian, marked', utf32('\ufeffcafé', true)],
    ['UTF-32, big-endian, marked', utf32('\ufeffcafé', false)],
    ['UTF-32, little-endian', utf32('café', true)],
    ['UTF-32, big-endian', utf32('café', false)],
  ])('reads %s', (_name, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: 'café', note: null });
  });

  it('reads what is not UTF-8 as it declares itself, and else as Windows-1252, with a note', () => {
    const cyrillic = bytesOf(0xd0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4);
    expect(decodeText(cyrillic, 'koi8-r')).toEqual({ text: 'привет', note: null });
    expect(decodeText(bytesOf(0x63, 0xe9), null)).toEqual({
      text: 'cé',
      note: 'not UTF-8: read as Windows-1252',
    });
    expect(decodeText(bytesOf(0x63, 0xe9), 'no-such')).toMatchObject({ text: 'cé' });
    expect(decodeText(bytesOf(0x63, 0xff), 'euc-jp')).toEqual({
      text: 'cÿ',
      note: 'not in the encoding it declares: read as Windows-1252',
    });
  });

  it('believes the bytes where they are plainly UTF-8 and declared as something else', () => {
    expect(decodeText(Buffer.from('naïve'), 'iso-8859-1')?.text).toBe('naïve');
    expect(decodeText(Buffer.from('梨'.repeat(30)), 'gb2312')?.text).toBe('梨'.repeat(30));
    expect(decodeText(Buffer.from('pear'), 'utf-16')?.text).toBe('pear');
  });

  it('believes the declaration of an encoding whose signs may look like UTF-8', () => {
    expect(decodeText(bytesOf(0x1b, 0x24, 0x42, 0x4d, 0x7c, 0x1b, 0x28, 0x42), 'iso-2022-jp')?.text).toBe(
      '梨',
    );
    expect(decodeText(bytesOf(0xc4, 0xa3), 'gb2312')?.text).toBe('模');
  });

  it('does not take a long text for another encoding because of one broken sign', () => {
    const bytes = Buffer.concat([Buffer.from('é'.repeat(100)), bytesOf(0xe9, 0x20), Buffer.from('é')]);
    expect(decodeText(bytes)).toEqual({
      text: `${'é'.repeat(100)}\ufffd é`,
      note: 'UTF-8 with damaged signs',
    });
  });

  it('takes no picture for a text, and no text with a stray NUL for a picture', () => {
    expect(decodeText(bytesOf(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3))).toBeNull();
    expect(decodeText(Buffer.from(`${'word '.repeat(40)}\u0000end`))?.text).toMatch(/\u0000end$/);
  });

  it('never throws, whatever bytes and declaration', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string()), (bytes, declared) => {
        decodeText(bytes, declared);
      }),
    );
  });
});

describe('declaredCharset', () => {
  it.each([
    ['<?xml version="1.0" encoding="big5"?><a/>', 'big5'],
    ["\ufeff<?xml version='1.0' encoding='UTF-8'?>", 'UTF-8'],
    ['<html><head><meta charset=shift_jis>', 'shift_jis'],
    ['<meta http-equiv="content-type" content="text/html; charset=koi8-r">', 'koi8-r'],
    ['<p>charset=big5</p>', null],
  ])('of %s is %s', (text, charset) => {
    expect(declaredCharset(Buffer.from(text))).toBe(charset);
  });
});
