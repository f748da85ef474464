import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';

export interface KeptContent {
  readonly kept: true;
  readonly text: string;
  /** Where a quoted page stands. */
  readonly url: string | null;
  readonly attachments: readonly string[];
  /** Whether these are standing instructions of the owner and no turn of the conversation. */
  readonly isInstructions: boolean;
}

/** What a message says, or why it is not kept. */
export type MessageContent = KeptContent | { readonly kept: false; readonly reason: string };

/** A model's reasoning is neither the person's words nor the answer the person got. */
const REASONING_TYPES = new Set(['thoughts', 'reasoning_recap']);
const INSTRUCTION_TYPE = 'user_editable_context';
const KNOWN_TYPES = new Set([
  'text',
  'multimodal_text',
  'code',
  'execution_output',
  'tether_quote',
  'tether_browsing_display',
  INSTRUCTION_TYPE,
]);

/** The text of a message, whatever its content type, and a note of each part that is not text. */
export function contentOf(message: JsonRecord): MessageContent {
  const content = recordOf(message['content']);
  const plain = stringOf(message['content']);
  if (content === null) return plain === null ? skipped('empty message') : keep(plain, []);
  const type = stringOf(content['content_type']) ?? 'text';
  if (REASONING_TYPES.has(type)) return skipped('reasoning of the model');
  const seen = new Set<string>();
  const attachments: string[] = [];
  const texts = textsOf(type, content, (kind, pointer) => {
    if (pointer !== null && seen.has(pointer)) return;
    if (pointer !== null) seen.add(pointer);
    attachments.push(kind);
  });
  attachments.push(...attachedFiles(message));
  const text = texts.filter((part) => part.trim() !== '').join('\n');
  if (text !== '')
    return {
      ...keep(text, attachments),
      url: webAddress(content),
      isInstructions: type === INSTRUCTION_TYPE,
    };
  if (attachments.length > 0) return skipped('no text, only attachments');
  return skipped(KNOWN_TYPES.has(type) ? 'empty message' : 'unknown content type without text');
}

/** Told of each part that is not text: its kind, and what it points to. */
type NotePart = (kind: string, pointer: string | null) => void;

function textsOf(type: string, content: JsonRecord, note: NotePart): string[] {
  if (type === 'tether_browsing_display') return strings(content, ['result', 'summary']).slice(0, 1);
  if (type === INSTRUCTION_TYPE) return strings(content, ['user_profile', 'user_instructions']);
  const parts = listOf(content['parts']).flatMap((part) => partText(part, note));
  return parts.length > 0
    ? parts
    : strings(content, ['text', 'result', 'content', 'model_set_context']).slice(0, 1);
}

function partText(part: unknown, note: NotePart): string[] {
  if (typeof part === 'string') return [part];
  const record = recordOf(part);
  if (record === null) return [];
  const kind = kindOf(stringOf(record['content_type']) ?? '');
  const texts = strings(record, ['text']);
  const pointer = stringOf(record['asset_pointer']);
  if (kind !== null) note(kind, pointer);
  else if (texts.length === 0) note('file', pointer);
  return texts;
}

/** Voice mode sends sound with a picture that may be missing: its kind is sound. */
function kindOf(contentType: string): string | null {
  if (contentType.includes('transcription')) return null;
  return ['audio', 'image', 'video'].find((kind) => contentType.includes(kind)) ?? null;
}

/** Files the person attached; images among them are already noted as parts. */
function attachedFiles(message: JsonRecord): string[] {
  const files = listOf(recordOf(message['metadata'])?.['attachments'])
    .map((attachment) => recordOf(attachment))
    .filter((attachment) => attachment !== null)
    .filter(
      (attachment) => !stringOf(attachment['mime_type'] ?? attachment['mimeType'])?.startsWith('image/'),
    );
  const byId = new Map(files.map((file, index) => [stringOf(file['id']) ?? index, file]));
  return [...byId.values()].map((file) => {
    const name = stringOf(file['name']);
    return name === null ? 'file' : `file: ${name}`;
  });
}

function webAddress(content: JsonRecord): string | null {
  const url = stringOf(content['url']);
  return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}

function strings(record: JsonRecord, keys: readonly string[]): string[] {
  return keys.map((key) => stringOf(record[key])).filter((value) => value !== null);
}

function keep(text: string, attachments: readonly string[]): KeptContent {
  return { kept: true, text, url: null, attachments, isInstructions: false };
}

function skipped(reason: string): MessageContent {
  return { kept: false, reason };
}
