import type { ExportFile } from './files/export-files.js';
import type { ImportEvent, SkippedEvent } from './importer.port.js';
import { splitJsonArray } from './json-array.splitter.js';
import type { ElementFormat } from './json-element.search.js';
import type { ReadingProgress } from './reading-progress.js';
import { storedText } from './stored-text.js';

/** Larger records are reported and skipped, in bytes. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** How the records of a list become events. */
export interface ListReading<T> {
  readonly format: ElementFormat<T>;
  /** What a record is called: `conversation`. */
  readonly noun: string;
  readonly eventsOf: (record: T, position: string) => Iterable<ImportEvent>;
}

/** Reads a JSON list, or a single record, as a stream; broken records are reported and the reading goes on. */
export async function* readJsonList<T>(
  file: ExportFile,
  reading: ListReading<T>,
  progress: ReadingProgress,
): AsyncGenerator<ImportEvent> {
  for await (const element of splitJsonArray(progress.chunksOf(file), reading.format)) {
    const position = `${storedText(file.name)}[${element.index}]`;
    if (element.kind === 'value') yield* reading.eventsOf(element.value, position);
    else yield brokenRecord(position, reading.noun, element.reason, element.detail);
    yield* progress.due();
  }
}

/** The report of a record that could not be read. */
export function brokenRecord(
  position: string,
  noun: string,
  fault: 'invalid' | 'too_large' | 'truncated',
  detail: string | undefined,
): SkippedEvent {
  const reasons = {
    invalid: `${noun} is not valid JSON`,
    too_large: `${noun} is over 64 MB`,
    truncated: 'the file ends too early: export or download it again',
  };
  const place = detail === undefined ? {} : { detail };
  return { kind: 'skipped', position, reason: reasons[fault], isFault: true, ...place };
}
