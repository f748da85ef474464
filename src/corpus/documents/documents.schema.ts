import { z } from 'zod';
import { CORPORA } from '../../shared/index.js';
import { authorRoles, externalName, name, time } from '../corpora.schema.js';
import type { DocumentPage } from './documents.service.js';
import type { DocumentFilter, DocumentPosition, ListedDocument, ShownDocument } from './listed-document.js';
import { MAX_USER_TAGS, userTagFault } from './user-tag.js';

const MAX_ROW_ID = 2_147_483_647;

const corpus = z.enum(CORPORA);
const rowId = z.coerce.number().int().min(1).max(MAX_ROW_ID);

export const ownedCorpusParams = z.strictObject({ corpus });
export type OwnedCorpusParams = z.infer<typeof ownedCorpusParams>;

/** An id that no row can have is one of no document: not found, not invalid. */
export const documentParams = z.strictObject({
  corpus,
  id: z
    .string()
    .min(1)
    .max(40)
    .transform((text) => rowId.safeParse(/^[1-9]\d*$/.test(text) ? text : '').data ?? 0),
});
export type DocumentIdParams = z.infer<typeof documentParams>;

/** What names documents of a corpus in a query string. */
export const documentFilterFields = {
  source: name.optional(),
  tag: name.optional(),
  since: time.optional(),
  until: time.optional(),
  author: authorRoles.optional(),
  thread: externalName.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be a language code such as en')
    .optional(),
  owner: name.optional(),
};

const cursor = z
  .string()
  .max(100)
  .transform((text, context): DocumentPosition => {
    const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
    const position = { createdAt: time === '-' ? null : time, id: rowId.safeParse(id).data ?? 0 };
    if (position.id > 0 && (time === '-' || z.iso.datetime().safeParse(time).success)) return position;
    context.addIssue({ code: 'custom', message: 'must be the next_cursor of a page' });
    return z.NEVER;
  });

export const documentsQuery = z.strictObject({
  ...documentFilterFields,
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursor.optional(),
});
export type DocumentsQuery = z.infer<typeof documentsQuery>;

const confirm = z.coerce.number().int().min(0).optional();
export const deleteDocumentsQuery = z.strictObject({ ...documentFilterFields, confirm });
export type DeleteDocumentsQuery = z.infer<typeof deleteDocumentsQuery>;

export const deleteCorpusQuery = z.strictObject({ owner: name.optional(), confirm });
export type DeleteCorpusQuery = z.infer<typeof deleteCorpusQuery>;

const tag = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const message = userTagFault(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
const tags = z.array(tag).max(MAX_USER_TAGS).default([]);
export const tagsBody = z
  .strictObject({ add: tags, remove: tags })
  .refine(({ add, remove }) => add.length + remove.length > 0, 'must name a tag to add or to remove');
export type TagsBody = z.infer<typeof tagsBody>;

/** Which documents a query string means. */
export function documentFilterOf(query: Omit<DeleteDocumentsQuery, 'confirm'>): DocumentFilter {
  const { source, tag: tagged, since, until, author, thread, language } = query;
  return { source, tag: tagged, since, until, authorRoles: author, threadId: thread, language };
}

/** A page of documents as the API shows it. */
export function documentsView({ documents, next }: DocumentPage) {
  const nextCursor = next && Buffer.from(`${next.createdAt ?? '-'} ${next.id}`).toString('base64url');
  return {
    documents: documents.map((each) => ({ ...factsView(each), excerpt: each.text })),
    next_cursor: nextCursor,
  };
}

/** A whole document as the API shows it. */
export function documentView(document: ShownDocument) {
  const { text, attachments, contentHash, previous, next } = document;
  return {
    ...factsView(document),
    text,
    attachments,
    content_hash: contentHash,
    thread: { previous, next },
  };
}

function factsView(document: ListedDocument) {
  return {
    document_id: document.id,
    corpus: document.corpus,
    source: document.source,
    external_id: document.externalId,
    thread_id: document.threadId,
    author_role: document.authorRole,
    author_name: document.authorName,
    title: document.title,
    url: document.url,
    timestamp: document.createdAt,
    language: document.language,
    tags: document.tags,
    user_tags: document.userTags,
    safety_tags: document.safetyTags,
    engagement: document.engagement,
    import_id: document.importId,
    imported_at: document.importedAt,
  };
}
