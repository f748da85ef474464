import { type JsonRecord, recordOf, recordsOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { attachmentLabel } from '../text/attachment-label.js';
import { repairedText } from '../text/mojibake.js';
import { webAddressOf } from '../text/web-address.js';
import { writtenTimeOf } from '../text/written-time.js';

/** An entry of any list of the export, read. */
export interface FacebookEntry {
  readonly kind: 'post' | 'comment' | 'note';
  /** The service's own id, which only newer exports give. */
  readonly id: string | null;
  /** Seconds since 1970 as they stand in the export, or null. */
  readonly timestamp: string | null;
  readonly createdAt: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly author: string | null;
  readonly group: string | null;
  readonly url: string | null;
  readonly attachments: readonly string[];
}

/** Names of fields in the newest form, where an entry is a list of labelled values. */
const TEXT_LABEL = /^(?:text|message|content|post|comment|description|caption)$/i;
const MAX_ATTACHMENTS = 50;

/** Reads a post, a comment or a note; its text may be empty. */
export function entryOf(record: JsonRecord): FacebookEntry {
  const data = recordsOf(record['data']);
  const comments = data.flatMap((each) => recordOf(each['comment']) ?? []);
  const comment = recordOf(comments[0]);
  const attached = recordsOf(record['attachments']).flatMap((each) => recordsOf(each['data']));
  const labels = recordsOf(record['label_values']);
  const isNote = data.length === 0 && textIn(record, 'text') !== null;
  const timestamp = numberText(
    record['timestamp'] ??
      record['created_timestamp'] ??
      comment?.['timestamp'] ??
      record['creation_timestamp'],
  );
  return {
    kind: comment !== null ? 'comment' : isNote ? 'note' : 'post',
    id: numberText(record['fbid']),
    timestamp,
    createdAt: writtenTimeOf(timestamp)?.iso ?? null,
    title: storedTitle(textIn(record, 'title')),
    text: textOf(record, data, attached, labels),
    author: storedTitle(textIn(comment ?? {}, 'author')),
    group: storedTitle(textIn(comment ?? {}, 'group')),
    url: webAddressOf(labelled(labels, /^url$/i)[0]),
    attachments: [...attached, ...recordsOf(record['media']).map((media) => ({ media }))]
      .flatMap(attachmentsIn)
      .slice(0, MAX_ATTACHMENTS),
  };
}

/** What the person wrote: the post or comment, then what they wrote beside pictures and in polls, each once. */
function textOf(
  record: JsonRecord,
  data: readonly JsonRecord[],
  attached: readonly JsonRecord[],
  labels: readonly JsonRecord[],
): string {
  const texts = [
    ...data.flatMap((each) => [textIn(each, 'post'), textIn(recordOf(each['comment']) ?? {}, 'comment')]),
    ...['post', 'comment', 'text'].map((key) => textIn(record, key)),
    ...labelled(labels, TEXT_LABEL),
    ...attached.flatMap(textsIn),
  ];
  const said: string[] = [];
  for (const text of texts.map((each) => storedText(each ?? '').trim()))
    if (text !== '' && !said.some((earlier) => earlier.includes(text))) said.push(text);
  return said.join('\n\n');
}

function textsIn(attached: JsonRecord): readonly (string | null)[] {
  const poll = recordOf(attached['poll']) ?? {};
  const note = recordOf(attached['note']) ?? {};
  return [
    textIn(attached, 'text'),
    textIn(recordOf(attached['media']) ?? {}, 'description'),
    textIn(recordOf(attached['life_event']) ?? {}, 'title'),
    textIn(poll, 'question'),
    ...recordsOf(poll['options']).map((each) => textIn(each, 'option')),
    textIn(note, 'title'),
    textIn(note, 'text'),
  ];
}

function attachmentsIn(attached: JsonRecord): string[] {
  const media = recordOf(attached['media']);
  const link = webAddressOf(textIn(recordOf(attached['external_context']) ?? {}, 'url'));
  const place = storedTitle(textIn(recordOf(attached['place']) ?? {}, 'name'));
  const event = storedTitle(textIn(recordOf(attached['event']) ?? {}, 'name'));
  return [
    ...(media === null ? [] : [mediaLabel(media)]),
    ...(link === null ? [] : [`link: ${link.slice(0, 300)}`]),
    ...(place === null ? [] : [`place: ${place}`]),
    ...(event === null ? [] : [`event: ${event}`]),
  ];
}

/** The kind of a file by its name, which is a number and no content. */
function mediaLabel(media: JsonRecord): string {
  const address = (stringOf(media['uri']) ?? '').replace(/[?#].*$/s, '');
  const kind = attachmentLabel(address.slice(-20)).replace(/:.*$/s, '');
  const title = storedTitle(textIn(media, 'title'));
  return title === null ? kind : `${kind}: ${title.slice(0, 100).toWellFormed()}`;
}

function labelled(labels: readonly JsonRecord[], pattern: RegExp): readonly string[] {
  return labels
    .filter((each) =>
      ['label', 'ent_field_name'].some((key) => pattern.test(stringOf(each[key])?.trim() ?? '')),
    )
    .flatMap((each) => textIn(each, 'value') ?? []);
}

/** The export writes the bytes of UTF-8 as one sign each. */
function textIn(record: JsonRecord, key: string): string | null {
  const text = stringOf(record[key]);
  return text === null ? null : repairedText(text);
}

function numberText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(Math.trunc(value));
  return typeof value === 'string' && /^\d{1,40}$/.test(value) ? value : null;
}
