const EQUALS = 0x3d;
const OPENINGS = [0x5b, 0x7b];
/** The name that a list is given in a script is short. */
const MAX_NAME_BYTES = 1024;

/** What a file of an archive is, by the name that its script gives to its list. */
export type ArchiveForm = 'tweets' | 'notes' | 'deleted' | 'messages';

const SCRIPT = /^(?:window\s*\.\s*)?YTD\s*\.\s*(\w+?)\s*\.\s*part\d+\s*=/;
const FORMS: readonly (readonly [RegExp, ArchiveForm])[] = [
  [/^(?:community_)?tweets?$/, 'tweets'],
  [/^note_tweets?$/, 'notes'],
  [/^deleted_(?:note_)?tweets?$/, 'deleted'],
  [/^direct_messages?(?:_groups?)?$/, 'messages'],
];

/** Null for files that are not read: headers, likes, advertisements, and what is of others. */
export function archiveFormOf(begin: string): ArchiveForm | null {
  const name = SCRIPT.exec(begin)?.[1];
  if (name !== undefined) return FORMS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  if (/^Grailbird\.data\.tweets_\w+\s*=/.test(begin)) return 'tweets';
  if (!/^\[\s*\{/.test(begin)) return null;
  const has = (key: string) => new RegExp(`"${key}"\\s*:`).test(begin);
  return has('id_str') && has('created_at') && (has('full_text') || (has('text') && has('source')))
    ? 'tweets'
    : null;
}

/** The JSON in a script that gives it a name; a file that is JSON already stays as it is. */
export async function* withoutAssignment(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begin: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (begin === null) {
      yield chunk;
      continue;
    }
    begin = Buffer.concat([begin, chunk]);
    const equals = begin.indexOf(EQUALS);
    const opening = begin.findIndex((byte) => OPENINGS.includes(byte));
    if (equals === -1 && opening === -1 && begin.length < MAX_NAME_BYTES) continue;
    yield equals !== -1 && (opening === -1 || equals < opening) ? begin.subarray(equals + 1) : begin;
    begin = null;
  }
  if (begin !== null) yield begin;
}
