import { setTimeout as sleep } from 'node:timers/promises';
import { storableId, storableText } from '../../../src/corpus/documents/document-content.js';
import type { Send } from './hostile-endpoints.js';

/** Faults by which an import says that nobody expected what happened. */
const UNEXPECTED = /^corpus\.(?:import_failed|import_unreadable|analysis_failed)$|^database\./;
const SOURCE = 'hostile';

interface ImportStatus {
  readonly import_id: string;
  readonly state: string;
  readonly created: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Waits for all imports, and names those that ended as none should. */
export async function unexpectedImports(send: Send): Promise<readonly string[]> {
  const breaches: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { imports: ImportStatus[]; next_cursor: string | null } = await get(
      send,
      `/imports?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    for (const each of page.imports) {
      const { error, state } = await ended(send, each.import_id);
      if (error !== null && UNEXPECTED.test(error.code))
        breaches.push(`${each.import_id} ${state}: ${error.code}`);
    }
    cursor = page.next_cursor;
  } while (cursor !== null);
  return breaches;
}

/** Stores each text in every field of a document, and compares what comes back from the list and from an export. */
export async function storageBreaches(send: Send, texts: readonly string[]): Promise<readonly string[]> {
  const records = texts.map((text, at) => ({
    mcg_document: 1,
    corpus: 'social',
    source: SOURCE,
    external_id: `${at} ${text}`,
    thread_id: text,
    reply_to: text,
    author_role: 'self',
    author_name: text,
    title: text,
    timestamp: null,
    url: `mid:${text}`,
    engagement: at,
    tags: [text],
    user_tags: [],
    attachments: [text],
    text,
  }));
  const payload = records.map((record) => JSON.stringify(record)).join('\n');
  const headers = { 'content-type': 'application/jsonl' };
  const started = await send({ method: 'POST', url: '/imports', headers, payload });
  const { import_id: id } = JSON.parse(started.body) as ImportStatus;
  const status = await ended(send, id);
  if (status.created !== texts.length)
    return [`${status.created} of ${texts.length} were stored (${status.state})`];
  const exported = await send({ method: 'GET', url: `/corpora/social/export?source=${SOURCE}`, headers: {} });
  const lines = exported.body.split('\n').filter((line) => line !== '');
  const found = new Map(lines.map((line) => [(JSON.parse(line) as { engagement: number }).engagement, line]));
  return records.flatMap((record, at) => {
    const expected = JSON.stringify(storedForm(record));
    return found.get(at) === expected ? [] : [`text ${at}: ${found.get(at)?.slice(0, 300)}`];
  });
}

/** The rule of what the database can hold. */
function storedForm<T extends { external_id: string; thread_id: string; reply_to: string }>(
  record: T,
): unknown {
  const stored = JSON.parse(JSON.stringify(record), (_name, value: unknown) =>
    typeof value === 'string' ? storableText(value) : value,
  ) as T;
  return {
    ...stored,
    external_id: storableId(record.external_id),
    thread_id: storableId(record.thread_id),
    reply_to: storableId(record.reply_to),
  };
}

async function ended(send: Send, id: string): Promise<ImportStatus> {
  for (;;) {
    const status: ImportStatus = await get(send, `/imports/${id}`);
    if (status.state !== 'running' && status.state !== 'undoing') return status;
    await sleep(20);
  }
}

async function get<T>(send: Send, url: string): Promise<T> {
  const { statusCode, body } = await send({ method: 'GET', url, headers: {} });
  if (statusCode !== 200) throw new Error(`GET ${url}: ${statusCode} ${body.slice(0, 300)}`);
  return JSON.parse(body) as T;
}
