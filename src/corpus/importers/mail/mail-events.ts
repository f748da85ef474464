import { sha256Hex } from '../../../shared/index.js';
import type { ImportedDocument } from '../../documents/imported-document.js';
import type { ImportEvent } from '../importer.port.js';
import { storedText, storedTitle } from '../stored-text.js';
import { mailFolderOf } from './mail-folder.js';
import { MailHeaders, type MailPerson } from './mail-headers.js';
import { mailContentOf } from './mail-message.js';
import type { MailOwner } from './mail-owner.js';
import { mailTimeOf } from './mail-time.js';

const MAX_NAME_CHARS = 200;
const NOBODY: MailPerson = { name: '', address: '' };

/** A message as it lies in an export. */
export interface MailItem {
  readonly bytes: Buffer;
  /** The file that holds it, with its folders. */
  readonly path: string;
  readonly position: string;
  readonly isCut: boolean;
}

/** The document of one message, or why there is none. */
export async function* mailEvents(item: MailItem, owner: MailOwner): AsyncGenerator<ImportEvent> {
  const { position } = item;
  const headers = MailHeaders.of(item.bytes);
  if (!headers.areOfMail) {
    yield { kind: 'skipped', position, reason: 'not a message: it has no headers of one', isFault: true };
    return;
  }
  const folder = mailFolderOf(headers, item.path);
  if (folder.isUnwanted) {
    yield { kind: 'skipped', position, reason: 'in the spam folder or the bin' };
    return;
  }
  const from = headers.people('from')[0] ?? headers.people('sender')[0] ?? NOBODY;
  const isOwn = folder.isSent || folder.isDraft || owner.isOwn(from);
  const content = await mailContentOf(item.bytes, isOwn);
  if (content === null) {
    yield { kind: 'skipped', position, reason: 'message with too many headers or parts', isFault: true };
    return;
  }
  const time = mailTimeOf(headers);
  const notes = [
    ...content.notes,
    ...(item.isCut ? ['message over 32 MB: only its beginning was read'] : []),
    ...(time.isZoneGuessed && time.createdAt !== null ? ['time without a known zone: taken as UTC'] : []),
  ];
  for (const reason of notes) yield { kind: 'noted', position, reason };
  if (content.text === '') {
    yield { kind: 'skipped', position, reason: emptyReason(content, isOwn) };
    return;
  }
  const tags = [...folder.labels, ...(folder.isDraft ? ['draft'] : []), ...kindTags(headers)];
  const base = { text: content.text, attachments: content.attachments, createdAt: time.createdAt, tags };
  yield { kind: 'document', document: documentOf(headers, from, isOwn, base) };
}

function documentOf(
  headers: MailHeaders,
  from: MailPerson,
  isOwn: boolean,
  base: Pick<ImportedDocument, 'text' | 'attachments' | 'createdAt' | 'tags'>,
): ImportedDocument {
  const subject = storedTitle(headers.text('subject'));
  const ownId = headers.ids('message-id')[0];
  const written = [from.address, headers.all('date')[0], subject, base.text];
  const externalId = ownId ?? `unnamed:${sha256Hex(JSON.stringify(written)).slice(0, 32)}`;
  const references = headers.ids('references');
  const answered = headers.ids('in-reply-to')[0] ?? references.at(-1);
  const authorName = from.name === '' ? from.address : from.name;
  return {
    ...base,
    externalId,
    threadId: references[0] ?? answered ?? externalId,
    authorRole: isOwn ? 'self' : 'other',
    title: subject,
    url: null,
    tags: [...new Set(base.tags.map(storedText))],
    ...(authorName === '' ? {} : { authorName: authorName.slice(0, MAX_NAME_CHARS) }),
    ...(answered === undefined || answered === externalId ? {} : { replyTo: answered }),
  };
}

function emptyReason(
  { attachments, notes }: { attachments: readonly string[]; notes: readonly string[] },
  isOwn: boolean,
): string {
  if (attachments.length > 0) return 'no text, only attachments';
  return isOwn && notes.length > 0 ? 'own message that only passes on another' : 'empty message';
}

function kindTags(headers: MailHeaders): string[] {
  if (headers.has('list-post')) return ['mailing-list'];
  return headers.has('list-unsubscribe') || /bulk|list/i.test(headers.all('precedence')[0] ?? '')
    ? ['newsletter']
    : [];
}
