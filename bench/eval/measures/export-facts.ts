import type { SkippedEvent } from '../../../src/corpus/importers/importer.port.js';
import type { ImportedDocument } from '../../../src/corpus/index.js';

/** What was counted of an export without any importer; which keys there are depends on its form. */
export type ExpectedCounts = Readonly<Record<string, unknown>>;

/** What the importers made of it. */
export interface ReadExport {
  readonly documents: readonly ImportedDocument[];
  readonly skipped: readonly SkippedEvent[];
  /** Ids of the messages that stand on the branch a person kept, where the export names one; else null. */
  readonly keptMessageIds: ReadonlySet<string> | null;
}

/** One statement about an export, and whether it holds. */
export interface Fact {
  readonly name: string;
  readonly holds: boolean;
}

type Form = readonly [
  isForm: (expected: ExpectedCounts) => boolean,
  facts: (export_: ReadExport, expected: ExpectedCounts) => Fact[],
];

/** The first form that fits is taken. */
const FORMS: readonly Form[] = [
  [(expected) => 'nodes' in expected, treeFacts],
  [(expected) => 'senders' in expected, chatFacts],
  [(expected) => 'tweets' in expected, tweetFacts],
  [(expected) => 'activity_types' in expected, activityFacts],
  [(expected) => 'by_type_status' in expected, blogFacts],
  [(expected) => 'notes' in expected, vaultFacts],
  [(expected) => 'rows' in expected, rowFacts],
];
/** Names that the number of records has in the other forms. */
const RECORD_KEYS = ['entries', 'items', 'posts', 'records', 'messages', 'timeline'];
const OTHER_BRANCH = /branch that was not kept/;
const MOJIBAKE = /Ã[\u0080-\u00bf\u0192\u201a-\u2122]|â[\u0080€]/;

/** What must hold of an import. A form that is not known is checked for its number of records. */
export function factsOf(read: ReadExport, expected: ExpectedCounts): Fact[] {
  const form = FORMS.find(([isForm]) => isForm(expected));
  return [...(form?.[1] ?? recordFacts)(read, expected), ...repairFacts(read, expected)];
}

function treeFacts({ documents, skipped, keptMessageIds }: ReadExport, expected: ExpectedCounts): Fact[] {
  const messages = sum(expected['roles']);
  const active = number(expected, 'active_path_user_assistant_messages');
  const offPath = number(expected, 'off_path_messages');
  const spoken = documents.filter(
    ({ authorRole }) => authorRole === 'self' || authorRole === 'assistant',
  ).length;
  const leftOut = count(skipped.filter(({ reason }) => !OTHER_BRANCH.test(reason)));
  const abandoned = count(skipped.filter(({ reason }) => OTHER_BRANCH.test(reason)));
  const threads = new Set(documents.map(({ threadId }) => threadId).filter((id) => id !== null)).size;
  const facts = [
    fact('every message is kept or counted', documents.length + count(skipped), messages),
    holds('no more threads than conversations', threads <= number(expected, 'conversations')),
  ];
  // Where no conversation names its current message, all counts as off the path, and a branch has to be chosen.
  if (active === 0) return [...facts, holds('one branch is left out at most', abandoned < offPath)];
  const isOfKept = ({ threadId, externalId }: ImportedDocument) =>
    keptMessageIds === null || threadId === null || keptMessageIds.has(externalId.slice(threadId.length + 1));
  return [
    ...facts,
    fact('messages of abandoned branches are left out', abandoned, offPath),
    holds('the kept branch is kept', spoken <= active && active <= spoken + leftOut),
    holds('nothing is of an abandoned branch', documents.every(isOfKept)),
  ];
}

function chatFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const isPart = (tag: string) => /^(?:attachment$|tool:|memory$|custom-instructions$)/.test(tag);
  const messages = documents.filter(({ tags }) => !tags.some(isPart));
  const senders = (expected['senders'] ?? {}) as Readonly<Record<string, number>>;
  const of = (role: string) => messages.filter(({ authorRole }) => authorRole === role).length;
  const leftOut = count(skipped);
  const isNear = (kept: number, all: number) => kept <= all && all <= kept + leftOut;
  return [
    fact('every message is kept or counted', messages.length + leftOut, number(expected, 'messages')),
    holds('own messages are told apart', isNear(of('self'), senders['human'] ?? 0)),
    holds('answers are told apart', isNear(of('assistant'), senders['assistant'] ?? 0)),
  ];
}

function tweetFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const years = documents.map(({ createdAt }) => createdAt?.slice(0, 4) ?? '').sort();
  const tagged = (tag: string) => documents.filter(({ tags }) => tags.includes(tag)).length;
  const [first, last] = (expected['years'] ?? []) as readonly string[];
  const entities = documents.filter(({ text }) => /&(?:amp|lt|gt|quot|#39);/.test(text)).length;
  return [
    fact('every post is kept or counted', documents.length + count(skipped), number(expected, 'tweets')),
    fact('retweets are told apart', tagged('retweet'), number(expected, 'retweets')),
    holds(
      'replies name what they answer',
      documents.filter(({ replyTo }) => replyTo !== undefined).length >= number(expected, 'replies'),
    ),
    holds('entities are decoded', entities === 0),
    holds('the years are right', years[0] === first && years.at(-1) === last),
  ];
}

function activityFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const types = (expected['activity_types'] ?? {}) as Readonly<Record<string, number>>;
  const boosts = documents.filter(({ tags }) => tags.includes('boost'));
  return [
    fact('every activity is kept or counted', documents.length + count(skipped), number(expected, 'items')),
    holds(
      'boosts are told apart',
      boosts.length <= (types['Announce'] ?? 0) && documents.length - boosts.length <= (types['Create'] ?? 0),
    ),
    holds(
      'boosts are not own words',
      boosts.every(({ authorRole }) => authorRole !== 'self'),
    ),
  ];
}

function blogFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const byType = (expected['by_type_status'] ?? {}) as Readonly<Record<string, number>>;
  const published = Object.entries(byType).filter(([key]) => /^(?:post|page)\/publish$/.test(key));
  const wordless = count(skipped.filter(({ reason }) => /empty|no text|without (?:text|words)/.test(reason)));
  const posts = sum(Object.fromEntries(published));
  const ofItems = skipped.filter(({ reason }) => !/comment/.test(reason));
  return [
    fact('every item is kept or counted', documents.length + count(ofItems), number(expected, 'items')),
    holds('published posts and pages are kept', documents.length + wordless >= posts),
    holds('menus and pictures are no documents', documents.length <= sum(byType) - menusAndFiles(byType)),
  ];
}

function menusAndFiles(byType: Readonly<Record<string, number>>): number {
  return sum(
    Object.fromEntries(Object.entries(byType).filter(([key]) => /^(?:attachment|nav_menu_item)\//.test(key))),
  );
}

function vaultFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const notes = documents.filter(({ externalId }) => /\.md$/i.test(externalId));
  const wordless = skipped.filter(
    ({ position, reason }) => /\.md$/i.test(position) && !/not imported/.test(reason),
  );
  return [
    fact('every note is kept or counted', notes.length + count(wordless), number(expected, 'notes')),
    holds(
      'notes with words are kept',
      count(wordless) <= number(expected, 'empty') + number(expected, 'with_frontmatter'),
    ),
    holds(
      'links read as words',
      notes.every(
        ({ text }) => !/(?<!`)\[\[[^\]|\n]+\]\](?!`)/.test(text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')),
      ),
    ),
  ];
}

function rowFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const rows = number(expected, 'rows');
  return [
    fact('every row is kept or counted', documents.length + count(skipped), rows),
    holds('rows with words are kept', documents.length >= rows - number(expected, 'empty_commentary')),
  ];
}

function recordFacts({ documents, skipped }: ReadExport, expected: ExpectedCounts): Fact[] {
  const key = RECORD_KEYS.find((name) => typeof expected[name] === 'number');
  if (key === undefined) return [holds('read without a crash', true)];
  return [
    fact(
      `every one of the ${key} is kept or counted`,
      documents.length + count(skipped),
      number(expected, key),
    ),
  ];
}

/** Text that was read in a wrong encoding once must not show it. */
function repairFacts({ documents }: ReadExport, expected: ExpectedCounts): Fact[] {
  const isAsked = Object.keys(expected).some((key) => /repair|mojibake|latin/i.test(key));
  return isAsked
    ? [
        holds(
          'encodings are repaired',
          documents.every(({ text }) => !MOJIBAKE.test(text)),
        ),
      ]
    : [];
}

function fact(name: string, found: number, expected: number): Fact {
  return { name: found === expected ? name : `${name} (${found} of ${expected})`, holds: found === expected };
}

function holds(name: string, does: boolean): Fact {
  return { name, holds: does };
}

function number(expected: ExpectedCounts, key: string): number {
  return typeof expected[key] === 'number' ? expected[key] : 0;
}

function count(skipped: readonly SkippedEvent[]): number {
  return skipped.reduce((total, each) => total + (each.count ?? 1), 0);
}

function sum(counts: unknown): number {
  return Object.values((counts ?? {}) as Readonly<Record<string, number>>).reduce(
    (total, each) => total + each,
    0,
  );
}
