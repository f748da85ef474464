import type { AuthorRole } from '../../../shared/index.js';
import type { ImportedDocument } from '../../documents/imported-document.js';
import { type Branch, type BranchNode, keptBranch } from '../chat/kept-branch.js';
import { messageKey } from '../chat/message-key.js';
import { isoTimeOf } from '../import-time.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { attachedDocuments, attachmentNames } from './claude-attachments.js';
import { readBlocks } from './claude-content.js';

const ROLES: ReadonlyMap<unknown, AuthorRole> = new Map([
  ['human', 'self'],
  ['user', 'self'],
  ['assistant', 'assistant'],
  ['system', 'system'],
] as const);
/** The parent of a conversation's first message, which is no message. */
const ROOT_PARENT = /^0{8}-0{4}/;
const MAX_LABEL_CHARS = 100;
const REASONING_NOTE = 'reasoning of the model was left out';

/** What all messages of a conversation share. */
export interface ClaudeThread {
  readonly id: string | null;
  readonly title: string | null;
  readonly createdAt: string | null;
  readonly tags: readonly string[];
}

/** The documents of one conversation: the branch the person kept, with what was attached to it and made in it. */
export function* conversationEvents(conversation: JsonRecord, position: string): Generator<ImportEvent> {
  const messages = conversation['chat_messages'];
  if (!Array.isArray(messages)) {
    const reason = 'not a conversation: it has no messages ("chat_messages")';
    yield { kind: 'skipped', position, reason, isFault: true };
    return;
  }
  const known = new Map<string, JsonRecord>();
  for (const [index, each] of messages.entries()) {
    const message = recordOf(each);
    const id = message === null ? '' : (stringOf(message['uuid']) ?? `message-${index}`);
    if (message === null) {
      yield { kind: 'skipped', position: `${position} ${index}`, reason: 'not a message', isFault: true };
    } else if (known.has(id)) {
      yield { kind: 'skipped', position: `${position} ${index}`, reason: 'same message twice' };
    } else known.set(id, message);
  }
  const branch = branchOf(known, conversation['current_leaf_message_uuid']);
  for (const reason of branch.notes) yield { kind: 'noted', position, reason };
  if (branch.otherCount > 0) {
    yield { kind: 'skipped', position, reason: 'on a branch that was not kept', count: branch.otherCount };
  }
  yield* threadEvents(branch, known, threadOf(conversation), position);
}

function* threadEvents(
  branch: Branch,
  messages: ReadonlyMap<string, JsonRecord>,
  thread: ClaudeThread,
  position: string,
): Generator<ImportEvent> {
  let previousId: string | null = null;
  for (const id of branch.nodeIds) {
    const place = `${position} ${storedText(id).slice(0, MAX_LABEL_CHARS)}`;
    for (const event of messageEvents(messages.get(id)!, id, thread, previousId, place)) {
      if (event.kind === 'document' && event.document.externalId === messageKey(thread.id, id))
        previousId = event.document.externalId;
      yield event;
    }
  }
}

/** Older exports list the messages of the kept branch alone, without parents: then all of them in order. */
function branchOf(messages: ReadonlyMap<string, JsonRecord>, current: unknown): Branch {
  const isTree = [...messages.values()].some((message) => stringOf(message['parent_message_uuid']) !== null);
  if (!isTree) return { nodeIds: [...messages.keys()], otherCount: 0, notes: [] };
  const parents = parentsOf(messages);
  const children = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    if (parent === null) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [id]);
    else siblings.push(id);
  }
  const nodes = new Map<string, BranchNode>();
  for (const [id, message] of messages) {
    const createdAt = isoTimeOf(message['created_at']);
    nodes.set(id, {
      parent: parents.get(id) ?? null,
      children: children.get(id) ?? [],
      hasMessage: true,
      createdSeconds: createdAt === null ? 0 : Date.parse(createdAt) / 1000,
    });
  }
  const branch = keptBranch(nodes, current);
  // Most exports name no current message; where there is one branch only, nothing was guessed.
  return branch.otherCount === 0
    ? { ...branch, notes: branch.notes.filter((note) => !/newest/.test(note)) }
    : branch;
}

/** A message that names no parent follows the one listed before it. */
function parentsOf(messages: ReadonlyMap<string, JsonRecord>): Map<string, string | null> {
  const parents = new Map<string, string | null>();
  let before: string | null = null;
  for (const [id, message] of messages) {
    const named = stringOf(message['parent_message_uuid']);
    parents.set(id, named === null ? before : ROOT_PARENT.test(named) ? null : named);
    before = id;
  }
  return parents;
}

function threadOf(conversation: JsonRecord): ClaudeThread {
  const id = stringOf(conversation['uuid']);
  const project =
    stringOf(recordOf(conversation['project'])?.['uuid']) ?? stringOf(conversation['project_uuid']);
  const model = stringOf(conversation['model']);
  return {
    id: id === null ? null : storedText(id),
    title: storedTitle(stringOf(conversation['name'])),
    createdAt: isoTimeOf(conversation['created_at']),
    tags: [
      ...(project === null ? [] : [label('project', project)]),
      ...(model === null ? [] : [label('model', model)]),
    ],
  };
}

function* messageEvents(
  message: JsonRecord,
  id: string,
  thread: ClaudeThread,
  previousId: string | null,
  position: string,
): Generator<ImportEvent> {
  const key = messageKey(thread.id, id);
  const role = ROLES.get(message['sender']) ?? 'other';
  const content = readBlocks(message);
  const createdAt = isoTimeOf(message['created_at']) ?? thread.createdAt;
  if (content.hasReasoning) yield { kind: 'noted', position, reason: REASONING_NOTE };
  const base: ImportedDocument = {
    externalId: key,
    threadId: thread.id,
    authorRole: role,
    title: thread.title,
    text: content.text,
    url: null,
    createdAt,
    tags: role === 'assistant' ? thread.tags : thread.tags.filter((tag) => !tag.startsWith('model:')),
    attachments: attachmentNames(message),
    ...(previousId === null ? {} : { replyTo: previousId }),
  };
  const parts = [...content.toolTexts(base), ...attachedDocuments(message, base)];
  if (content.text.trim() !== '') yield { kind: 'document', document: base };
  else yield { kind: 'skipped', position, reason: emptyReason(content.hasReasoning, parts.length, base) };
  for (const document of parts) yield { kind: 'document', document };
}

function emptyReason(hasReasoning: boolean, parts: number, { attachments }: ImportedDocument): string {
  if (parts > 0) return 'message without words of its own: what it carries was kept';
  if (attachments.length > 0) return 'no text, only attachments';
  return hasReasoning ? 'reasoning of the model' : 'empty message';
}

function label(kind: string, name: string): string {
  return `${kind}:${storedText(name).slice(0, MAX_LABEL_CHARS)}`;
}
