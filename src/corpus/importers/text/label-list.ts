import { storedTitle } from '../stored-text.js';

const MAX_LABELS = 50;
const MAX_LABEL_CHARS = 100;

/** Tags as they are stored: in one line each, without `#`, each once, at most 50 of 100 characters. */
export function labelsOf(values: Iterable<string>): string[] {
  const labels = new Set<string>();
  for (const value of values) {
    const label = (storedTitle(value) ?? '')
      .replace(/^#+/, '')
      .slice(0, MAX_LABEL_CHARS)
      .trim()
      .toWellFormed();
    if (label !== '' && labels.size < MAX_LABELS) labels.add(label);
  }
  return [...labels];
}

/** A name as it is stored: in one line, at most 100 characters; null where nothing is left. */
export function nameOf(value: string | null | undefined): string | null {
  return (
    storedTitle(value ?? null)
      ?.slice(0, MAX_LABEL_CHARS)
      .toWellFormed() ?? null
  );
}
