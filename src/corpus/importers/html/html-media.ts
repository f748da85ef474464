import type { HtmlAttributes } from './html-tokens.js';

const MAX_NAME_CHARS = 80;
const KINDS: ReadonlyMap<string, string> = new Map([
  ['img', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['iframe', 'embed'],
  ['embed', 'embed'],
]);
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3#*0-9]|\p{Emoji_Modifier})+$/u;

/** The emoji that an image stands for, or null. */
export function emojiOf(name: string, attributes: HtmlAttributes): string | null {
  const alt = attributes.get('alt') ?? '';
  return name === 'img' && alt.length <= 20 && EMOJI.test(alt) && /[^0-9#*]/.test(alt) ? alt : null;
}

/** What a tag shows that is no text, such as `image: A pear`; null where it shows nothing. */
export function mediaOf(name: string, attributes: HtmlAttributes): string | null {
  const kind = KINDS.get(name);
  if (kind === undefined) return null;
  const source = attributes.get('src') ?? '';
  // A picture of one pixel only counts the readers.
  if (
    ['0', '1'].includes(attributes.get('width') ?? '') &&
    ['0', '1'].includes(attributes.get('height') ?? '')
  )
    return null;
  const label = kind === 'embed' ? hostOf(source) : (nameIn(attributes.get('alt')) ?? fileNameOf(source));
  return label === null ? kind : `${kind}: ${label}`;
}

function nameIn(value: string | undefined): string | null {
  const name = (value ?? '').replaceAll(/\s+/g, ' ').trim();
  return name === '' ? null : name.slice(0, MAX_NAME_CHARS).toWellFormed();
}

function hostOf(address: string): string | null {
  const absolute = address.startsWith('//') ? `https:${address}` : address;
  return URL.canParse(absolute) ? nameIn(new URL(absolute).host) : null;
}

/** The last part of an address where it is a file's name. */
function fileNameOf(address: string): string | null {
  if (address.startsWith('data:')) return null;
  const path = address.slice(0, 2_000).replace(/[?#].*$/s, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.length > MAX_NAME_CHARS || !/[^.]\.[a-z\d]{2,5}$/i.test(name) ? null : nameIn(decoded(name));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
