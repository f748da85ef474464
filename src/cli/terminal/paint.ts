import { styleText } from 'node:util';

const STYLES = {
  heading: 'bold',
  match: ['bold', 'yellow'],
  quiet: 'dim',
  good: 'green',
  warning: 'yellow',
  bad: 'red',
} as const;

/** Colour on a terminal only; NO_COLOR turns it off and FORCE_COLOR on. */
export function paint(
  style: keyof typeof STYLES,
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return styleText(STYLES[style] as Parameters<typeof styleText>[0], text, { stream });
}
