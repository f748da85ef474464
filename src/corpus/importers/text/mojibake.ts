/** Signs of several bytes in UTF-8 whose bytes stand as one Latin-1 letter each. */
const SEQUENCES =
  /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;
/** So many more whole signs than stray bytes make a text one that was read wrongly. */
const SURE_RATIO = 3;

/**
 * Repairs a text in UTF-8 that was read as Latin-1: `fÃ¼r` becomes `für`. Texts with any sign beyond Latin-1 were read
 * rightly and stay as they are, as do those that cannot have been UTF-8; of a text cut inside a sign the rest is kept.
 */
export function repairedText(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text;
  let signs = 0;
  const repaired = text.replaceAll(SEQUENCES, (sequence) => {
    const sign = Buffer.from(sequence, 'latin1').toString('utf8');
    if (sign.includes('\ufffd')) return sequence;
    signs++;
    return sign;
  });
  const strays = text.replaceAll(SEQUENCES, '').match(/[\u0080-\u00ff]/g)?.length ?? 0;
  return strays === 0 || signs > strays * SURE_RATIO ? repaired : text;
}
