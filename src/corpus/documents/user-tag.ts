/** Of one document. */
export const MAX_USER_TAGS = 50;
const MAX_TAG_CHARS = 100;
/** Prefixes of what is found in texts, and of what imports say. */
const RESERVED = /^(?:pii|planted|import):/i;

/** What is wrong with a text as a tag of the owner's own, in words for the owner; null for a tag. */
export function userTagFault(text: string): string | null {
  if (text.trim() !== text || text === '') return 'must be text without spaces around it';
  if (text.length > MAX_TAG_CHARS) return `must have at most ${MAX_TAG_CHARS} characters`;
  if (!text.isWellFormed() || /\p{Cc}/u.test(text)) return 'must be text without control characters';
  if (RESERVED.test(text)) return 'must not begin with pii:, planted: or import:';
  return null;
}

/** The tags a document has, and those given to it, in order; what is no tag and what is too much is left out. */
export function joinedUserTags(held: readonly string[], given: readonly string[]): readonly string[] {
  if (given.length === 0) return held;
  const added = given.filter((tag) => userTagFault(tag) === null);
  return [...new Set([...held, ...added])].slice(0, MAX_USER_TAGS).sort();
}
