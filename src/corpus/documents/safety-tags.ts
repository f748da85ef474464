import { detectPlantedInstructions } from '../../qa/index.js';
import { type AuthorRole, detectContacts, detectSensitive } from '../../shared/index.js';
import type { ImportedDocument } from './imported-document.js';

/** An order is honest in what the owner or an assistant wrote; in what came from elsewhere it may be meant for a model. */
const WRITTEN_ELSEWHERE: readonly AuthorRole[] = ['other', 'tool'];

/** What is looked at of a document. */
export type ScreenedText = Pick<ImportedDocument, 'title' | 'text' | 'authorRole'>;

/**
 * What a document holds that asks for care, as tags in order: `pii:<type>` for each type of `detectSensitive` and
 * `detectContacts`, `planted:certain`, and for texts of others and of tools also `planted:suspected`.
 */
export function safetyTagsOf({ title, text, authorRole }: ScreenedText): readonly string[] {
  const all = title === null ? text : `${title}\n\n${text}`;
  const tags = new Set<string>();
  for (const { type } of detectSensitive(all)) tags.add(`pii:${type}`);
  for (const { type } of detectContacts(all)) tags.add(`pii:${type}`);
  const least = WRITTEN_ELSEWHERE.includes(authorRole) ? 'suspected' : 'certain';
  for (const { severity } of detectPlantedInstructions(all, least)) tags.add(`planted:${severity}`);
  return [...tags].sort();
}
