import type { ImportedDocument } from '../../documents/imported-document.js';
import { htmlContent } from '../html/html-text.js';
import { isoTimeOf } from '../import-time.js';
import { type JsonRecord, recordOf, recordsOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { attachmentLabel } from '../text/attachment-label.js';
import { countsTogether, givenParts } from '../text/given-parts.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import type { ReplyChains } from '../text/reply-chains.js';
import { webAddressOf } from '../text/web-address.js';
import { type Activity, idOf, visibilityOf } from './activity.js';

/** The document of a post; its text may be empty. `id` is the post's own. */
export function documentOf(
  { kind, activity, actorId }: Activity,
  object: JsonRecord,
  id: string,
  chains: ReplyChains,
): ImportedDocument {
  const author = idOf(object['attributedTo']) ?? actorId;
  const isOthers = kind === 'boost' || (author !== null && actorId !== null && author !== actorId);
  const pictures = recordsOf(object['attachment']);
  const content = htmlContent(stringOf(object['content']) ?? firstOf(object['contentMap']));
  const replyTo = idOf(object['inReplyTo']);
  return {
    externalId: id,
    threadId: idOf(object['conversation']) ?? idOf(object['context']) ?? chains.rootOf(id),
    authorRole: isOthers ? 'other' : 'self',
    title: titleOf(object),
    text: textOf(content.text, object, pictures),
    url: addressOf(object['url']) ?? webAddressOf(id),
    createdAt: isoTimeOf(object['published']) ?? isoTimeOf(activity['published']),
    tags: labelsOf([
      `visibility:${visibilityOf(object, activity)}`,
      ...(kind === 'boost' ? ['boost'] : []),
      ...(replyTo === null ? [] : ['reply']),
      ...hashtagsOf(object),
    ]),
    attachments: [
      ...content.attachments,
      ...pictures.map((each) => attachmentLabel(stringOf(each['name']), mediaTypeOf(each))),
    ],
    ...givenParts({
      authorName: nameOf(accountOf(author)),
      replyTo,
      engagement: countsTogether(
        ['likes', 'shares', 'replies'].map((key) => recordOf(object[key])?.['totalItems']),
      ),
    }),
  };
}

/** The warning before a post, or the title of an article. */
function titleOf(object: JsonRecord): string | null {
  const title = stringOf(object['name']) ?? stringOf(object['summary']);
  return title === null ? null : storedTitle(htmlContent(title).text);
}

/** What a post says, with the answers one can choose from; of a post of pictures alone, how its writer describes them. */
function textOf(text: string, object: JsonRecord, pictures: readonly JsonRecord[]): string {
  const choices = ['oneOf', 'anyOf'].flatMap((key) =>
    recordsOf(object[key]).flatMap((each) => stringOf(each['name']) ?? []),
  );
  const lines = [text.trim(), choices.map((choice) => `- ${choice}`).join('\n')].filter(
    (each) => each !== '',
  );
  if (lines.length === 0) lines.push(...pictures.flatMap((each) => stringOf(each['name']) ?? []));
  return storedText(lines.join('\n\n')).trim();
}

function mediaTypeOf(attachment: JsonRecord): string {
  const type = stringOf(attachment['mediaType']);
  return type ?? `${(stringOf(attachment['type']) ?? 'file').toLowerCase()}/*`;
}

function hashtagsOf(object: JsonRecord): string[] {
  return recordsOf(object['tag'])
    .filter((tag) => stringOf(tag['type']) === 'Hashtag')
    .flatMap((tag) => stringOf(tag['name']) ?? []);
}

/** Some servers give several addresses, each with its kind. */
function addressOf(value: unknown): string | null {
  const values = Array.isArray(value) ? value : [value];
  const addresses = values.map((each) => webAddressOf(stringOf(each) ?? stringOf(recordOf(each)?.['href'])));
  return addresses.find((each) => each !== null) ?? null;
}

/** `name@server` of an actor's address. */
function accountOf(actorId: string | null): string | null {
  if (actorId === null || !URL.canParse(actorId)) return actorId;
  const { host, pathname } = new URL(actorId);
  const name = pathname.split('/').findLast((part) => part !== '') ?? '';
  return name === '' ? host : `${name.replace(/^@/, '')}@${host}`;
}

function firstOf(contentMap: unknown): string {
  return stringOf(Object.values(recordOf(contentMap) ?? {})[0]) ?? '';
}
