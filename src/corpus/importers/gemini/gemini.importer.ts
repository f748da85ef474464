import { AppError } from '../../../shared/index.js';
import { chunksOf, type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { type ImportEvent, Importer } from '../importer.port.js';
import { splitJsonArray } from '../json-array.splitter.js';
import { type ListReading, MAX_RECORD_BYTES, readJsonList } from '../json-list.reader.js';
import { type JsonRecord, recordOf } from '../json-record.js';
import { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { activityEvents, activityOf, isGeminiName } from './gemini-activity.js';
import { type PageEntry, pageCells, pageEntryOf } from './gemini-page.js';
import { type GeminiTitles, TitleLearner } from './gemini-title.js';

/** The page begins with a long style sheet. */
const DETECT_BYTES = 1024 * 1024;
const FORMAT: ListReading<JsonRecord>['format'] = {
  maxBytes: MAX_RECORD_BYTES,
  parse: (bytes) => recordOf(JSON.parse(bytes.toString('utf8'))) ?? {},
  isElement: (record) => 'title' in record && 'time' in record,
};
const NOT_ENTRIES = {
  'other product': { reason: 'activity of another product' },
  'no activity': { reason: 'not an entry of the activity: it has no title', isFault: true },
};

const TIME_NOTE = 'a time or its zone could not be read: export as JSON for exact times';

type Form = 'list' | 'page';

/** Reads what Google Takeout holds of Gemini (and of Bard before it): `MyActivity.json` or `MyActivity.html`. */
export class GeminiImporter extends Importer {
  readonly source = 'gemini';
  readonly usualCorpus = 'personal';
  readonly reads = 'Gemini activity from Google Takeout (MyActivity.json or MyActivity.html, or the ZIP)';

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of candidates(files)) if ((await formOf(file)) !== null) return true;
    return false;
  }

  async *read(files: ExportFiles): AsyncGenerator<ImportEvent> {
    const own: { readonly file: ExportFile; readonly form: Form }[] = [];
    for (const file of candidates(files)) {
      const form = await formOf(file);
      if (form !== null) own.push({ file, form });
    }
    if (own.length === 0) throw nothingReadable();
    const progress = new ReadingProgress(own.map(({ file }) => file));
    for (const { file, form } of own)
      yield* form === 'list' ? readList(file, progress) : readPage(file, progress);
    yield progress.done();
  }
}

/** A Takeout holds the activity of many products in files of one name: the folder tells them apart. */
function candidates(files: ExportFiles): readonly ExportFile[] {
  if (files.form === 'file') return files.all;
  return files
    .matching(/\.(?:json|html)$/i)
    .filter((file) => isGeminiName(file.path) || /^My ?Activity\.(?:json|html)$/i.test(file.name));
}

async function formOf(file: ExportFile): Promise<Form | null> {
  const head = (await headOf(file, DETECT_BYTES)).toString('utf8').replace(/^\uFEFF/, '');
  if (/^\s*\[\s*\{/.test(head)) {
    const isActivity = /"time"\s*:/.test(head) && /"title"\s*:/.test(head);
    const products = head.match(/"(?:header|products)"\s*:\s*\[?\s*"[^"]*"/g) ?? [];
    return isActivity && products.some(isGeminiName) ? 'list' : null;
  }
  if (!/^\s*<(?:!doctype|html)/i.test(head) || !head.includes('content-cell')) return null;
  return head
    .split('header-cell')
    .slice(1)
    .some((cell) => isGeminiName(cell.slice(0, 400)))
    ? 'page'
    : null;
}

async function* readList(file: ExportFile, progress: ReadingProgress): AsyncGenerator<ImportEvent> {
  const titles = await learnTitles(file);
  const eventsOf = (record: JsonRecord, position: string): Iterable<ImportEvent> => {
    const activity = activityOf(record);
    return typeof activity === 'string'
      ? [{ kind: 'skipped', position, ...NOT_ENTRIES[activity] }]
      : activityEvents(activity, titles, position);
  };
  yield* readJsonList(file, { format: FORMAT, noun: 'entry', eventsOf }, progress);
}

/** Reads the file once before, for the words that stand around the prompts in the language of the export. */
async function learnTitles(file: ExportFile): Promise<GeminiTitles> {
  const learner = new TitleLearner();
  for await (const element of splitJsonArray(chunksOf(file), FORMAT)) {
    const activity = element.kind === 'value' ? activityOf(element.value) : null;
    if (activity !== null && typeof activity !== 'string' && activity.answerHtml !== '')
      learner.learn(storedText(activity.title));
  }
  return learner.titles();
}

async function* readPage(file: ExportFile, progress: ReadingProgress): AsyncGenerator<ImportEvent> {
  const titles = await learnPageTitles(file);
  let index = 0;
  let isTimeNoted = false;
  for await (const cell of pageCells(progress.chunksOf(file))) {
    const position = `${storedText(file.name)}[${index++}]`;
    const entry = entryIn(cell);
    if (entry.kind === 'skipped') yield { ...entry, position };
    else {
      if (entry.isTimeGuessed && !isTimeNoted) yield { kind: 'noted', position, reason: TIME_NOTE };
      isTimeNoted ||= entry.isTimeGuessed;
      yield* activityEvents(entry.activity, titles, position);
    }
    yield* progress.due();
  }
}

async function learnPageTitles(file: ExportFile): Promise<GeminiTitles> {
  const learner = new TitleLearner();
  for await (const cell of pageCells(chunksOf(file))) {
    const entry = entryIn(cell);
    if (entry.kind === 'activity' && entry.activity.answerHtml.trim() !== '')
      learner.learn(storedText(entry.activity.title));
  }
  return learner.titles();
}

function entryIn(cell: string | null): PageEntry {
  return cell === null
    ? { kind: 'skipped', reason: 'entry is over 16 MB', isFault: true }
    : pageEntryOf(cell);
}

function nothingReadable(): AppError {
  return new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'No activity of Gemini could be read from the file; nothing was imported.',
    { hint: 'In Google Takeout choose "My Activity", of it "Gemini Apps", and JSON as the form.' },
  );
}
