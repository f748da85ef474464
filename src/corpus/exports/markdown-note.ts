import { type DocumentRecord, documentRecordOf, type ExportedDocument } from './document-record.js';

const MAX_NAME_CHARS = 60;
const MAX_NAME_BYTES = 120;
/** Names of devices are no folders on Windows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
/** Of a record's own part of the front matter, in this order; title, day and tags stand behind it for readers. */
const OWN_FIELDS = [
  'source',
  'external_id',
  'thread_id',
  'reply_to',
  'author_role',
  'author_name',
  'timestamp',
  'url',
  'engagement',
  'tags',
  'user_tags',
  'attachments',
] as const satisfies readonly (keyof DocumentRecord)[];
/** YAML of before 1.2 ends lines at some of these, and takes others for no text. */
const UNSAFE_IN_YAML = /[\u007f-\u009f\u00ad\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A document as a note: front matter, a line `---`, and from there to the end of the file the text as it is, byte for
 * byte. Values stand in one line each, as JSON, which is YAML too; so no other line of the front matter is `---`.
 */
export function noteOf(exported: ExportedDocument): string {
  const record = documentRecordOf(exported);
  const own = OWN_FIELDS.filter((field) => !isAbsent(record[field])).map(
    (field) => `  ${field}: ${yamlOf(record[field])}`,
  );
  const lines = [
    '---',
    'mcg:',
    `  document: ${record.mcg_document}`,
    `  corpus: ${record.corpus}`,
    ...own,
    ...(record.title === null ? [] : [`title: ${yamlOf(record.title)}`]),
    ...(record.timestamp === null ? [] : [`date: ${record.timestamp.slice(0, 10)}`]),
    ...shownTags([...record.tags, ...record.user_tags]),
    '---',
  ];
  return `${lines.join('\n')}\n${record.text}`;
}

/** The path of its file: by source and month; safe on every system, and another for each document. */
export function noteNameOf({ id, source, document }: ExportedDocument): string {
  const { createdAt, title, text } = document;
  const month = createdAt?.slice(0, 7) ?? 'undated';
  const words = safeName(title ?? '') || safeName(text.slice(0, 500)) || 'document';
  const day = createdAt === null ? '' : `${createdAt.slice(0, 10)} `;
  return `${folderName(source)}/${month}/${day}${words}-${id}.md`;
}

function isAbsent(value: DocumentRecord[keyof DocumentRecord]): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function yamlOf(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE_IN_YAML,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Tags as programs for notes take them: no spaces, and not digits alone. */
function shownTags(tags: readonly string[]): string[] {
  const shown = tags
    .map((tag) => tag.replace(/[^\p{L}\p{M}\p{N}_/-]+/gu, '-').replace(/^-+|-+$/g, ''))
    .filter((tag) => /[\p{L}_]/u.test(tag));
  return shown.length === 0 ? [] : [`tags: ${yamlOf([...new Set(shown)])}`];
}

function folderName(source: string): string {
  const name = safeName(source) || 'source';
  return DEVICE.test(name) ? `${name}-` : name;
}

/** Letters, digits, spaces and dashes only: nothing that a system, a link or a shell takes for something else. */
function safeName(text: string): string {
  const plain = text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, ' ');
  const signs = [...plain.trim().slice(0, 2 * MAX_NAME_CHARS)].slice(0, MAX_NAME_CHARS);
  while (Buffer.byteLength(signs.join('')) > MAX_NAME_BYTES) signs.pop();
  return signs.join('').trim();
}
