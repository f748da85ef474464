import { type AuthorRole, sha256Hex } from '../../../shared/index.js';
import type { ImportedDocument } from '../../documents/imported-document.js';
import { keptBranch } from '../chat/kept-branch.js';
import { messageKey } from '../chat/message-key.js';
import { isoTimeOf } from '../import-time.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { contentOf, type KeptContent } from './chatgpt-content.js';
import type { Conversation } from './chatgpt-conversation.js';

const ROLES: ReadonlyMap<unknown, AuthorRole> = new Map([
  ['user', 'self'],
  ['assistant', 'assistant'],
  ['system', 'system'],
  ['tool', 'tool'],
] as const);
const MAX_LABEL_CHARS = 100;
/** Projects are kept as assistants of a kind of their own; newer exports tell them by the id alone. */
const PROJECT_ID = /^g-p-/;

/** What all messages of a conversation share. */
interface Thread {
  readonly id: string | null;
  readonly title: string | null;
  readonly createdAt: string | null;
  readonly tags: readonly string[];
  readonly position: string;
}

/** The documents of one conversation: the branch the person kept, every message with its role, time and id. */
export function* documentsOf(conversation: Conversation, position: string): Generator<ImportEvent> {
  const { nodes, header } = conversation;
  if (nodes === null) {
    const reason = 'not a conversation: it has no tree of messages ("mapping")';
    yield { kind: 'skipped', position, reason, isFault: true };
    return;
  }
  const branch = keptBranch(nodes, header.get('current_node'));
  for (const reason of branch.notes) yield { kind: 'noted', position, reason };
  if (branch.otherCount > 0) {
    yield { kind: 'skipped', position, reason: 'on a branch that was not kept', count: branch.otherCount };
  }
  const thread = threadOf(header, position);
  let previousId: string | null = null;
  for (const nodeId of branch.nodeIds) {
    const message = conversation.messageOf(nodes.get(nodeId)!);
    if (message === null) continue;
    const event = readMessage(message, nodeId, thread, previousId);
    if (event.kind === 'document' && event.document.threadId !== null) previousId = event.document.externalId;
    yield event;
  }
}

function threadOf(header: ReadonlyMap<string, unknown>, position: string): Thread {
  const id = stringOf(header.get('conversation_id')) ?? stringOf(header.get('id'));
  return {
    id: id === null ? null : storedText(id),
    title: storedTitle(stringOf(header.get('title'))),
    createdAt: isoTimeOf(header.get('create_time')),
    tags: assistantTags(header),
    position,
  };
}

function readMessage(
  message: JsonRecord,
  nodeId: string,
  thread: Thread,
  previousId: string | null,
): ImportEvent {
  const position = `${thread.position} ${storedText(nodeId).slice(0, MAX_LABEL_CHARS)}`;
  const author = recordOf(message['author']);
  const role = ROLES.get(author?.['role']) ?? 'other';
  const isHidden = recordOf(message['metadata'])?.['is_visually_hidden_from_conversation'] === true;
  const content = contentOf(message);
  if (!content.kept) return { kind: 'skipped', position, reason: content.reason };
  if (role === 'system' && isHidden) return { kind: 'skipped', position, reason: 'hidden system message' };
  const text = storedText(content.text);
  if (text.trim() === '') return { kind: 'skipped', position, reason: 'empty message' };
  if (content.isInstructions) return { kind: 'document', document: instructionsOf(text) };
  const authorName = stringOf(author?.['name']);
  return {
    kind: 'document',
    document: {
      externalId: messageKey(thread.id, stringOf(message['id']) ?? nodeId),
      threadId: thread.id,
      // What the service said in the person's name, out of sight, is not the person's.
      authorRole: role === 'self' && isHidden ? 'system' : role,
      title: thread.title,
      text,
      url: content.url,
      createdAt: isoTimeOf(message['create_time']) ?? thread.createdAt,
      tags: [...messageTags(message, role), ...thread.tags],
      attachments: attachmentsOf(content),
      ...(authorName === null ? {} : { authorName: storedText(authorName).slice(0, MAX_LABEL_CHARS) }),
      ...(previousId === null ? {} : { replyTo: previousId }),
    },
  };
}

/** The owner's standing instructions are repeated in every conversation: equal ones are one document. */
function instructionsOf(text: string): ImportedDocument {
  return {
    externalId: `custom-instructions:${sha256Hex(text).slice(0, 32)}`,
    threadId: null,
    authorRole: 'system',
    title: 'Custom instructions',
    text,
    url: null,
    createdAt: null,
    tags: ['custom-instructions'],
    attachments: [],
  };
}

function attachmentsOf(content: KeptContent): string[] {
  return content.attachments.map((attachment) => storedText(attachment).slice(0, MAX_LABEL_CHARS));
}

function messageTags(message: JsonRecord, role: AuthorRole): string[] {
  if (role !== 'assistant') return [];
  const recipient = stringOf(message['recipient']);
  const model = stringOf(recordOf(message['metadata'])?.['model_slug']);
  return [
    ...(recipient !== null && recipient !== 'all' ? ['internal'] : []),
    ...(model === null ? [] : [label('model', model)]),
  ];
}

function assistantTags(header: ReadonlyMap<string, unknown>): string[] {
  const ids = [stringOf(header.get('gizmo_id')), stringOf(header.get('conversation_template_id'))];
  return [...new Set(ids)]
    .filter((id) => id !== null)
    .map((id) => label(isProject(id, header) ? 'project' : 'gpt', id));
}

function isProject(id: string, header: ReadonlyMap<string, unknown>): boolean {
  return PROJECT_ID.test(id) || header.get('gizmo_type') === 'snorlax';
}

function label(kind: string, name: string): string {
  return `${kind}:${storedText(name).slice(0, MAX_LABEL_CHARS)}`;
}
