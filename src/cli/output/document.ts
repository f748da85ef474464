import { clipped, oneLine, printable, wrapped } from '../terminal/text-columns.js';
import { printPairs, printTable, say, terminalColumns } from './print.js';

/** A document as the API lists it. */
export interface ListedDocument {
  readonly document_id: string;
  readonly corpus: string;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly author_role: string;
  readonly author_name: string | null;
  readonly title: string | null;
  readonly excerpt: string;
  readonly url: string | null;
  readonly timestamp: string | null;
  readonly language: string | null;
  readonly tags: readonly string[];
  readonly user_tags: readonly string[];
  readonly safety_tags: readonly string[] | null;
  readonly import_id: string | null;
}

/** A whole document as the API shows it. */
export interface ShownDocument extends Omit<ListedDocument, 'excerpt'> {
  readonly text: string;
  readonly attachments: readonly string[];
  readonly content_hash: string;
  readonly thread: { readonly previous: string | null; readonly next: string | null };
}

const EXCERPT_COLUMNS = 60;

export function printDocuments(documents: readonly ListedDocument[]): void {
  printTable(
    ['id', 'corpus', 'when', 'by', 'source', 'tags', 'text'],
    documents.map((each) => [
      each.document_id,
      each.corpus,
      each.timestamp?.slice(0, 10) ?? '',
      writerOf(each),
      each.source,
      [...each.user_tags, ...(each.safety_tags ?? [])].join(' '),
      clipped(oneLine([each.title, each.excerpt].filter(Boolean).join(': ')), EXCERPT_COLUMNS),
    ]),
  );
}

export function printDocument(document: ShownDocument): void {
  const { thread } = document;
  const all = {
    document_id: document.document_id,
    corpus: document.corpus,
    source: `${document.source} ${document.external_id}`,
    title: document.title,
    by: writerOf(document),
    when: document.timestamp,
    url: document.url,
    language: document.language,
    tags: document.tags.join(', '),
    'your tags': document.user_tags.join(', '),
    'found in it': document.safety_tags === null ? 'not looked through yet' : document.safety_tags.join(', '),
    attachments: document.attachments.join(', '),
    before: thread.previous && `mcg-agent documents show ${thread.previous}`,
    after: thread.next && `mcg-agent documents show ${thread.next}`,
    import: document.import_id,
  };
  const given = Object.entries(all).filter((pair): pair is [string, string] => Boolean(pair[1]));
  printPairs(Object.fromEntries(given));
  const columns = terminalColumns();
  const text = printable(document.text);
  say(`\n${columns === null ? text : wrapped(text, columns)}`);
}

/** Who wrote it: `you`, the name where the source gave one, or the role. */
export function writerOf(written: {
  readonly author_role: string;
  readonly author_name?: string | null;
}): string {
  return written.author_role === 'self' ? 'you' : (written.author_name ?? written.author_role);
}
