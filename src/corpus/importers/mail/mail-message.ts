import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { htmlText } from '../html/html-text.js';
import { storedText } from '../stored-text.js';
import { attachmentLabel } from '../text/attachment-label.js';
import { withoutAttachmentBodies } from './attachment-bodies.js';
import { ownMailText } from './own-mail-text.js';
import { withoutQuotedHtml } from './quoted-html.js';

const LIMITS = { maxNestingDepth: 64, maxHeadersSize: 1024 * 1024, maxRfc822NestingDepth: 3 };
const MAX_ATTACHMENTS = 50;
/** What a decoder puts for bytes that are no text in the encoding it was told. */
const REPLACED = '\ufffd';

/** What a message says and carries. */
export interface MailContent {
  readonly text: string;
  readonly attachments: readonly string[];
  /** How it had to be read; categories, no text. */
  readonly notes: readonly string[];
}

/**
 * Reads the text of a message: the plain form, else its HTML; of an own message what its writer wrote.
 * Null for what cannot be taken apart within limits.
 */
export async function mailContentOf(whole: Buffer, isOwn: boolean): Promise<MailContent | null> {
  const message = withoutAttachmentBodies(whole);
  const notes: string[] = [];
  let email = await parsed(message, isOwn);
  if (email === null) return null;
  let text = textOf(email, isOwn);
  if (text.includes(REPLACED) && !isUtf8(message)) {
    // Eight-bit text under no name or a wrong one: Western mail programs did that most.
    email = (await parsed(Buffer.from(new TextDecoder('windows-1252').decode(message)), isOwn)) ?? email;
    text = textOf(email, isOwn);
    notes.push('not in the encoding it names: read as Windows-1252');
  }
  const own = isOwn ? ownMailText(text) : { text: text.trim(), isShortened: false };
  if (own.isShortened) notes.push('quoted messages and the signature were left out of own messages');
  return { text: own.text, attachments: attachmentsOf(email.attachments), notes };
}

async function parsed(message: Buffer, isOwn: boolean): Promise<Email | null> {
  try {
    // A message within an own message is another's: it is noted, not read as own words.
    return await PostalMime.parse(message, { ...LIMITS, forceRfc822Attachments: isOwn });
  } catch {
    return null;
  }
}

function textOf(email: Email, isOwn: boolean): string {
  const plain = storedText(email.text ?? '');
  if (plain.trim() !== '') return plain;
  const html = email.html ?? '';
  return storedText(htmlText(isOwn ? withoutQuotedHtml(html) : html));
}

function attachmentsOf(attachments: readonly Attachment[]): string[] {
  // Pictures that the HTML shows by their id are ornaments of it, unless they have a name.
  const shown = attachments.filter((each) => each.related !== true || (each.filename ?? '') !== '');
  const labels = shown.map(({ filename, mimeType }) => attachmentLabel(filename, mimeType));
  return [...new Set(labels)].slice(0, MAX_ATTACHMENTS);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
