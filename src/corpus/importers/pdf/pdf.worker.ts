/* The body of a thread. It imports types and packages only, so that it also runs as it stands, without a build. */
import { parentPort } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import type { PdfJob, PdfLine, PdfReply } from './pdf.protocol.js';

/** The part of a text item that is used here. */
interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly height: number;
  readonly transform: readonly number[];
}

async function read({ bytes, maxPages, maxChars }: PdfJob): Promise<PdfReply> {
  const document = await getDocumentProxy(bytes, {
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const { info } = (await document.getMetadata().catch(() => ({ info: {} }))) as {
      info: Record<string, unknown>;
    };
    const pages: PdfLine[][] = [];
    let chars = 0;
    let brokenPages = 0;
    for (let number = 1; number <= Math.min(document.numPages, maxPages) && chars <= maxChars; number++) {
      const lines = await linesOf(document, number).catch(() => null);
      if (lines === null) brokenPages++;
      pages.push(lines ?? []);
      for (const line of lines ?? []) chars += line.text.length;
    }
    const [title, author, createdAt] = ['Title', 'Author', 'CreationDate'].map((key) => textIn(info[key]));
    return {
      kind: 'read',
      pages,
      pageCount: document.numPages,
      brokenPages,
      title: title ?? null,
      author: author ?? null,
      createdAt: createdAt ?? null,
    };
  } finally {
    await document.loadingTask.destroy();
  }
}

async function linesOf(
  document: Awaited<ReturnType<typeof getDocumentProxy>>,
  number: number,
): Promise<PdfLine[]> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const lines: PdfLine[] = [];
  let text = '';
  let height = 0;
  let bottom = 0;
  const end = () => {
    if (text.trim() !== '') lines.push({ text, height, bottom });
    text = '';
    height = 0;
  };
  for (const item of items as readonly unknown[]) {
    const { str, hasEOL, height: size, transform } = item as TextItem;
    if (typeof str !== 'string') continue;
    text += str;
    if (str.trim() !== '') {
      height = Math.max(height, size);
      bottom = transform[5] ?? 0;
    }
    if (hasEOL) end();
  }
  end();
  page.cleanup();
  return lines;
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function faultOf(error: unknown): PdfReply {
  const isLocked = error instanceof Error && error.name === 'PasswordException';
  return { kind: isLocked ? 'locked' : 'broken' };
}

parentPort?.on('message', (job: PdfJob) => {
  void read(job)
    .catch(faultOf)
    .then((reply) => parentPort?.postMessage(reply));
});
