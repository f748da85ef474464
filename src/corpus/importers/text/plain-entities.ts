const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);
const ENTITY = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;
const MAX_CODE_POINT = 0x10ffff;

/** Decodes, once, the entities that services write into texts without tags: `&amp;lt;` becomes `&lt;`. */
export function withoutEntities(text: string): string {
  return text.replaceAll(ENTITY, (entity, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMED.get(name.toLowerCase())!;
    const codePoint = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return codePoint > MAX_CODE_POINT ? entity : String.fromCodePoint(codePoint);
  });
}
