import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentHashOf, storableDocument } from '../../../src/corpus/documents/document-content.js';
import type { ImportedDocument } from '../../../src/corpus/documents/imported-document.js';
import { detectImporters, IMPORTERS } from '../../../src/corpus/importers/detect-importer.js';
import { ExportFiles } from '../../../src/corpus/importers/files/export-files.js';
import type { Importer } from '../../../src/corpus/importers/importer.port.js';
import { AppError } from '../../../src/shared/index.js';
import { EXPORT_OUTLINES } from './export-outlines.js';
import type { HostileReport } from './hostile-endpoints.js';
import type { HostileSet } from './hostile-set.js';

/** Names by which importers know their files; the same content is put under each. */
const KNOWN_NAMES = [
  ...['conversations.json', 'projects.json', 'MyActivity.json', 'MyActivity.html', 'mail.mbox', 'letter.eml'],
  ...['cur/1.host:2,S', 'posts.csv', 'posts/1.html', 'data/tweets.js', 'data/account.js', 'outbox.json'],
  ...['actor.json', 'Shares.csv', 'Comments.csv', 'comments.csv', 'posts/your_posts_1.json', 'feed.xml'],
  ...['page.html', 'a.pdf', 'list.json', 'table.csv', 'note.md', 'note.txt', 'lines.jsonl', 'noending'],
];

/** Gives each content, under every name, to every importer: it ends, with documents that can be stored or a refusal. */
export async function attackWithContents(
  folder: string,
  contents: HostileSet['contents'],
): Promise<HostileReport> {
  const breaches: string[] = [];
  let tried = 0;
  for (const [number, content] of contents.entries()) {
    const files = Object.fromEntries(KNOWN_NAMES.map((name) => [name, content]));
    await inFolder(join(folder, `content-${number}`), files, async (path) => {
      for (const importer of IMPORTERS) {
        tried++;
        const { fault } = await readWith(path, () => Promise.resolve(importer));
        if (fault !== null) breaches.push(`content ${number}, ${importer.source}: ${fault}`);
      }
    });
  }
  return { tried, breaches };
}

/** Puts each text where importers read texts. */
export async function attackWithTexts(folder: string, texts: HostileSet['texts']): Promise<HostileReport> {
  const breaches: string[] = [];
  let tried = 0;
  for (const [source, outline] of Object.entries(EXPORT_OUTLINES)) {
    for (const [number, text] of texts.entries()) {
      tried++;
      await inFolder(join(folder, `${source}-${number}`), outline(text), async (path) => {
        const { fault } = await readWith(path, null);
        if (fault !== null)
          breaches.push(`${source}, text ${number} (${JSON.stringify(text).slice(0, 60)}): ${fault}`);
      });
    }
  }
  return { tried, breaches };
}

/** The documents that are read from an outline around a text. */
export async function documentsOfOutline(
  folder: string,
  source: string,
  text: string,
): Promise<readonly ImportedDocument[]> {
  let documents: readonly ImportedDocument[] = [];
  await inFolder(join(folder, `${source}-plain`), EXPORT_OUTLINES[source]!(text), async (path) => {
    documents = (await readWith(path, null)).documents;
  });
  return documents;
}

async function readWith(
  path: string,
  choose: (() => Promise<Importer>) | null,
): Promise<{ readonly documents: readonly ImportedDocument[]; readonly fault: string | null }> {
  const documents: ImportedDocument[] = [];
  try {
    const files = await ExportFiles.open({ path, uploadedName: null });
    try {
      const parts =
        choose === null ? (await detectImporters(files)).parts : [{ importer: await choose(), files }];
      for (const { importer, files: own } of parts)
        for await (const event of importer.read(own, { selfNames: [] }))
          if (event.kind === 'document') documents.push(event.document);
    } finally {
      files.close();
    }
  } catch (error) {
    if (!(error instanceof AppError))
      return { documents, fault: String((error as Error).stack).slice(0, 500) };
  }
  return { documents, fault: documents.map(unstorable).find((fault) => fault !== null) ?? null };
}

/** What a database would refuse of a document, or store as another one when it is stored again. */
function unstorable(document: ImportedDocument): string | null {
  const stored = storableDocument(document);
  const bad = Object.values(stored)
    .flat()
    .find((value) => typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed()));
  if (bad !== undefined) return `cannot be stored: ${JSON.stringify(bad).slice(0, 200)}`;
  const isSame =
    contentHashOf('personal', 'x', stored) === contentHashOf('personal', 'x', storableDocument(stored));
  return isSame ? null : 'is stored as another document each time';
}

async function inFolder(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (path: string) => Promise<void>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await work(folder);
  await rm(folder, { recursive: true });
}
