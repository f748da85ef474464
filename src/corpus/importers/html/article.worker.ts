/* The body of a thread. It imports types and packages only, so that it also runs as it stands, without a build. */
import { parentPort } from 'node:worker_threads';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { ArticleJob, ArticleReply } from './article.protocol.js';

/** Beyond this a page is data, not an article. */
const MAX_ELEMENTS = 100_000;

function articleIn(html: string): ArticleReply['article'] {
  const { document } = parseHTML(html);
  const found = new Readability(document as never, {
    maxElemsToParse: MAX_ELEMENTS,
    keepClasses: false,
  }).parse();
  const content = found?.content ?? '';
  return content === '' ? null : { html: content, byline: found?.byline?.trim() || null };
}

parentPort?.on('message', ({ html }: ArticleJob) => {
  let article: ArticleReply['article'] = null;
  try {
    article = articleIn(html);
  } catch {
    // A page that the libraries do not understand has no article they can tell.
  }
  parentPort?.postMessage({ article } satisfies ArticleReply);
});
