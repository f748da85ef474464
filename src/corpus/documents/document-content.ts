import { AUTHOR_ROLES, type AuthorRole, type CorpusName, sha256Hex } from '../../shared/index.js';
import type { ImportedDocument } from './imported-document.js';

/** Longer ids do not fit into an index entry; they are kept apart by a digest. */
const MAX_ID_CHARS = 400;
/** An id that was bounded stays as it is. */
const BOUNDED_ID = new RegExp(`^[^]{${MAX_ID_CHARS}}#[0-9a-f]{32}$`);
const MAX_YEAR = 9999;
/** Of PostgreSQL's `integer`. */
const MAX_INTEGER = 2_147_483_647;

/** The document as the database can hold it: well-formed text without NUL, a usable time, ids of bounded length. */
export function storableDocument(document: ImportedDocument): ImportedDocument {
  return {
    externalId: storableId(document.externalId),
    threadId: document.threadId === null ? null : boundedId(storableText(document.threadId)),
    authorRole: knownRole(document.authorRole),
    title: storableOrNull(document.title),
    text: storableText(document.text),
    url: storableOrNull(document.url),
    createdAt: storableTime(document.createdAt),
    tags: document.tags.map(storableText),
    attachments: document.attachments.map(storableText),
    ...storableMeta(document),
  };
}

/** The external id under which a document is stored. */
export function storableId(externalId: string): string {
  return boundedId(storableText(externalId));
}

/** Text PostgreSQL accepts: no NUL characters, lone surrogates replaced. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}

/** What not every source gives; members it does not give stay absent. */
function storableMeta({ authorName, replyTo, engagement }: ImportedDocument): Partial<ImportedDocument> {
  return {
    ...(authorName === undefined ? {} : { authorName: storableText(authorName) }),
    ...(replyTo === undefined ? {} : { replyTo: boundedId(storableText(replyTo)) }),
    ...(engagement === undefined || Number.isNaN(engagement)
      ? {}
      : { engagement: Math.round(Math.min(MAX_INTEGER, Math.max(0, engagement))) }),
  };
}

/** SHA-256 (hex) of everything a document says and carries, independent of owner and database. */
export function contentHashOf(corpus: CorpusName, source: string, document: ImportedDocument): string {
  const { externalId, threadId, authorRole, title, text, url, createdAt, tags, attachments } = document;
  const content: unknown[] = [
    corpus,
    source,
    externalId,
    threadId,
    authorRole,
    title,
    text,
    url,
    createdAt,
    tags,
    attachments,
  ];
  // Only where there is any: the hashes of documents without stay what they were.
  const { authorName, replyTo, engagement } = document;
  const meta = [authorName, replyTo, engagement];
  if (meta.some((each) => each !== undefined)) content.push(meta.map((each) => each ?? null));
  return sha256Hex(JSON.stringify(content));
}

/** Equal for texts that differ in case, punctuation and spacing only; 32 hex characters. */
export function fingerprintOf(text: string): string {
  const normalized = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return sha256Hex(normalized).slice(0, 32);
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

function boundedId(id: string): string {
  if (id.length <= MAX_ID_CHARS || BOUNDED_ID.test(id)) return id;
  return `${id.slice(0, MAX_ID_CHARS).toWellFormed()}#${sha256Hex(id).slice(0, 32)}`;
}

function storableTime(time: string | null): string | null {
  if (time === null) return null;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= MAX_YEAR ? date.toISOString() : null;
}

function knownRole(role: AuthorRole): AuthorRole {
  return AUTHOR_ROLES.includes(role) ? role : 'other';
}
