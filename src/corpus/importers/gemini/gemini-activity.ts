import { sha256Hex } from '../../../shared/index.js';
import type { ImportedDocument } from '../../documents/imported-document.js';
import { htmlText } from '../html/html-text.js';
import { isoTimeOf } from '../import-time.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { attachmentLabel } from '../text/attachment-label.js';
import { type GeminiTitles, promptIn } from './gemini-title.js';

/** One entry of the activity, whichever form of export it comes from. */
export interface GeminiActivity {
  readonly title: string;
  /** ISO 8601 in UTC, or null. */
  readonly createdAt: string | null;
  readonly url: string | null;
  /** The answer as HTML; empty where there is none. */
  readonly answerHtml: string;
  /** Names of files that went with the prompt. */
  readonly files: readonly string[];
}

const PRODUCT = /gemini|bard/i;
const CONVERSATION_URL = /^https:\/\/(?:gemini|bard)\.google\.com\/(?:u\/\d+\/)?app\/([\w-]+)/;

/** Whether a name is that of the product, in whatever language: its own name is not translated. */
export function isGeminiName(name: string): boolean {
  return PRODUCT.test(name);
}

/** An entry of the JSON form, or the reason why it is none of Gemini. */
export function activityOf(record: JsonRecord): GeminiActivity | 'other product' | 'no activity' {
  const title = stringOf(record['title']);
  const html = answerOf(record);
  if (title === null && html === '') return 'no activity';
  const names = [record['header'], ...listOf(record['products'])].filter((name) => typeof name === 'string');
  if (names.length > 0 && !names.some(isGeminiName)) return 'other product';
  const files = [...listOf(record['attachedFiles']), record['imageFile'], ...listOf(record['audioFiles'])];
  return {
    title: title ?? '',
    createdAt: isoTimeOf(record['time']),
    url: webAddress(stringOf(record['titleUrl'])),
    answerHtml: html,
    files: files
      .map((file) => stringOf(file) ?? stringOf(recordOf(file)?.['name']))
      .filter((name) => name !== null),
  };
}

/** The prompt and the answer of an entry. */
export function* activityEvents(
  activity: GeminiActivity,
  titles: GeminiTitles,
  position: string,
): Generator<ImportEvent> {
  const answer = htmlText(activity.answerHtml);
  const found = promptIn(storedText(activity.title), titles, answer !== '');
  if (found.isGuess)
    yield { kind: 'noted', position, reason: 'title in an unknown language: kept whole as the prompt' };
  if (found.prompt === '' && answer === '') {
    const reason = found.isSpeech ? 'empty prompt' : 'activity without words, such as a setting or a rating';
    yield { kind: 'skipped', position, reason };
    return;
  }
  const id = `${activity.createdAt ?? 'untimed'}:${sha256Hex(found.prompt || answer).slice(0, 16)}`;
  const base = {
    threadId: CONVERSATION_URL.exec(activity.url ?? '')?.[1] ?? id,
    url: activity.url,
    createdAt: activity.createdAt,
    tags: [],
  };
  if (found.prompt !== '')
    yield { kind: 'document', document: promptDocument(id, found.prompt, activity, base) };
  if (answer === '') return;
  const document: ImportedDocument = {
    ...base,
    externalId: `${id}:answer`,
    authorRole: 'assistant',
    title: storedTitle(found.prompt),
    text: storedText(answer),
    attachments: [],
    ...(found.prompt === '' ? {} : { replyTo: id }),
  };
  yield { kind: 'document', document };
}

function promptDocument(
  externalId: string,
  text: string,
  activity: GeminiActivity,
  base: Pick<ImportedDocument, 'threadId' | 'url' | 'createdAt' | 'tags'>,
): ImportedDocument {
  const attachments = [...new Set(activity.files)].map((name) => attachmentLabel(name));
  return { ...base, externalId, authorRole: 'self', title: null, text, attachments };
}

function answerOf(record: JsonRecord): string {
  const items = record['safeHtmlItem'];
  return (Array.isArray(items) ? items : [items])
    .map((item) => stringOf(recordOf(item)?.['html']) ?? stringOf(recordOf(item)?.['htmlValue']))
    .filter((html) => html !== null)
    .join('\n<br><br>\n');
}

function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
