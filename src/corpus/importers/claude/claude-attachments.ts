import type { ImportedDocument } from '../../documents/imported-document.js';
import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { attachmentLabel } from '../text/attachment-label.js';

/** What was attached to a message, by kind and name. */
export function attachmentNames(message: JsonRecord): string[] {
  const pasted = records(message['attachments']).map((each) => fileNameOf(each) ?? 'pasted text');
  const listed = records(message['files']);
  const files = (listed.length > 0 ? listed : records(message['files_v2'])).map(fileNameOf);
  return [...new Set([...pasted, ...files])].map((name) => attachmentLabel(name));
}

/** The texts of attached files. Whether the person wrote them, nobody says: so they are not counted as theirs. */
export function attachedDocuments(message: JsonRecord, base: ImportedDocument): ImportedDocument[] {
  return records(message['attachments']).flatMap((attachment, index) => {
    const text = storedText(stringOf(attachment['extracted_content']) ?? '');
    if (text.trim() === '') return [];
    return [
      {
        externalId: `${base.externalId}:attachment-${index}`,
        threadId: base.threadId,
        authorRole: 'other',
        title: storedTitle(fileNameOf(attachment)) ?? base.title,
        text,
        url: null,
        createdAt: base.createdAt,
        tags: [...base.tags, 'attachment'],
        attachments: [],
        replyTo: base.text.trim() === '' ? (base.replyTo ?? base.externalId) : base.externalId,
      },
    ];
  });
}

function fileNameOf(file: JsonRecord): string | null {
  return stringOf(file['file_name']) ?? stringOf(file['filename']);
}

function records(value: unknown): JsonRecord[] {
  return listOf(value)
    .map((each) => recordOf(each))
    .filter((each) => each !== null);
}
