import { storedText } from '../stored-text.js';

const MAX_NAME_CHARS = 100;
const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['image', /^image\/|\.(?:png|jpe?g|gif|webp|heic|heif|bmp|tiff?|svg|avif)$/i],
  ['video', /^video\/|\.(?:mp4|mov|avi|mkv|webm|m4v)$/i],
  ['audio', /^audio\/|\.(?:mp3|m4a|wav|ogg|opus|flac|aac)$/i],
];

/** An attachment by its kind and, where it has one, its name: `image: beach.jpg`, `audio`, `file: plan.pdf`. */
export function attachmentLabel(name: string | null, mediaType = ''): string {
  const line = storedText(name ?? '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_NAME_CHARS)
    .toWellFormed();
  const kind = KINDS.find(([, pattern]) => pattern.test(mediaType) || pattern.test(line))?.[0] ?? 'file';
  return line === '' ? kind : `${kind}: ${line}`;
}
