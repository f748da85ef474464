/** A fence of a code block: three or more backticks or tildes. */
const FENCE = /^\s{0,3}(?:```|~~~)/u;
const QUOTED = /^\s{0,3}>/u;

/** A text without what its writer took from elsewhere: quoted lines (`> …`) and fenced code. */
export function ownWordsOf(text: string): string {
  if (!/^\s{0,3}(?:>|```|~~~)/mu.test(text)) return text;
  let isCode = false;
  return text
    .split('\n')
    .filter((line) => {
      const isFence = FENCE.test(line);
      if (isFence) isCode = !isCode;
      return !isFence && !isCode && !QUOTED.test(line);
    })
    .join('\n');
}
