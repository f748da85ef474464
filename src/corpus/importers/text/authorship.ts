import type { AuthorRole } from '../../../shared/index.js';

/** Whether a text is the owner's: all are, where the owner's names are not told or the text names no author. */
export function roleOfAuthor(authorName: string | null, selfNames: readonly string[]): AuthorRole {
  if (authorName === null || selfNames.length === 0) return 'self';
  const author = plain(authorName);
  return selfNames.some((name) => plain(name) === author) ? 'self' : 'other';
}

/** Tells once per file that several people wrote it while nobody said which of them is the owner. */
export class AuthorWatch {
  #first: string | null = null;
  #hasTold = false;

  constructor(private readonly selfNames: readonly string[]) {}

  /** Whether this author is the second that is met, and the owner's names are not known. */
  isNewDoubt(authorName: string | null): boolean {
    if (authorName === null || this.#hasTold || this.selfNames.length > 0) return false;
    this.#first ??= plain(authorName);
    this.#hasTold = this.#first !== plain(authorName);
    return this.#hasTold;
  }
}

export const SEVERAL_AUTHORS =
  'several authors, all taken for the owner: import again with the names of the owner';

function plain(name: string): string {
  return name.trim().replace(/^@/, '').toLowerCase().replaceAll(/\s+/g, ' ');
}
