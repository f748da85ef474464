import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';

/** What a message says, or why it is not kept. */
export type MessageContent =
  | { readonly kept: true; readonly text: string; readonly attachments: readonly string[] }
  | { readonly kept: false; readonly reason: string };

/** A model's reasoning is neither the person's words nor the answer the person got. */
const REASONING_TYPES = new Set(['thoughts', 'reasoning_recap']);

/** The text of a message, whatever its content type, and a note of each part that is not text. */
export function contentOf(message: JsonRecord): MessageContent {
  const content = recordOf(message['content']);
  const plain = stringOf(message['content']);
  if (content === null) return plain === null ? skipped('empty message') : keep(plain, []);
  const type = stringOf(content['content_type']) ?? 'text';
  if (REASONING_TYPES.has(type)) return skipped('reasoning of the model');
  const attachments: string[] = [];
  const texts = textsOf(type, content, attachments);
  attachments.push(...attachedFiles(message));
  const text = texts.filter((part) => part.trim() !== '').join('\n');
  if (text !== '') return keep(text, attachments);
  if (attachments.length > 0) return skipped('no text, only attachments');
  return skipped(KNOWN_TYPES.has(type) ? 'empty message' : 'unknown content type without text');
}

const KNOWN_TYPES = new Set([
  'text',
  'multimodal_text',
  'code',
  'execution_output',
  'tether_quote',
  'tether_browsing_display',
  'user_editable_context',
]);

function textsOf(type: string, content: JsonRecord, attachments: string[]): string[] {
  if (type === 'tether_browsing_display') return strings(content, ['result', 'summary']).slice(0, 1);
  if (type === 'user_editable_context') return strings(content, ['user_profile', 'user_instructions']);
  const parts = listOf(content['parts']).flatMap((part) => partText(part, attachments));
  return parts.length > 0 ? parts : strings(content, ['text', 'result']).slice(0, 1);
}

function partText(part: unknown, attachments: string[]): string[] {
  if (typeof part === 'string') return [part];
  const record = recordOf(part);
  if (record === null) return [];
  const type = stringOf(record['content_type']) ?? '';
  if (type.includes('image')) attachments.push('image');
  else if (type.includes('video')) attachments.push('video');
  else if (type.includes('audio') && !type.includes('transcription')) attachments.push('audio');
  else if (stringOf(record['text']) === null) attachments.push('file');
  return strings(record, ['text']);
}

/** Files the person attached; images among them are already noted as parts. */
function attachedFiles(message: JsonRecord): string[] {
  return listOf(recordOf(message['metadata'])?.['attachments'])
    .map((attachment) => recordOf(attachment))
    .filter((attachment) => attachment !== null)
    .filter(
      (attachment) => !stringOf(attachment['mime_type'] ?? attachment['mimeType'])?.startsWith('image/'),
    )
    .map(() => 'file');
}

function strings(record: JsonRecord, keys: readonly string[]): string[] {
  return keys.map((key) => stringOf(record[key])).filter((value) => value !== null);
}

function keep(text: string, attachments: readonly string[]): MessageContent {
  return { kept: true, text, attachments };
}

function skipped(reason: string): MessageContent {
  return { kept: false, reason };
}
