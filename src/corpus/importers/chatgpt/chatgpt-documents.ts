import type { AuthorRole } from '../../../shared/index.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';
import { keptBranch } from './chatgpt-branch.js';
import { contentOf } from './chatgpt-content.js';
import type { Conversation } from './chatgpt-conversation.js';

const ROLES: ReadonlyMap<unknown, AuthorRole> = new Map([
  ['user', 'self'],
  ['assistant', 'assistant'],
  ['system', 'system'],
  ['tool', 'tool'],
] as const);
/** Seconds; a time beyond the year 2100 is no time of a message. */
const MAX_EPOCH_SECONDS = 4_102_444_800;
const MAX_LABEL_CHARS = 100;

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
  for (const id of branch.nodeIds) {
    const message = conversation.messageOf(nodes.get(id)!);
    if (message !== null) yield readMessage(message, id, header, position);
  }
}

function readMessage(
  message: JsonRecord,
  nodeId: string,
  header: ReadonlyMap<string, unknown>,
  conversationPosition: string,
): ImportEvent {
  const position = `${conversationPosition} ${storedText(nodeId).slice(0, MAX_LABEL_CHARS)}`;
  const role = ROLES.get(recordOf(message['author'])?.['role']) ?? 'other';
  const hidden = recordOf(message['metadata'])?.['is_visually_hidden_from_conversation'] === true;
  if (role === 'system' && hidden) return { kind: 'skipped', position, reason: 'hidden system message' };
  const content = contentOf(message);
  if (!content.kept) return { kind: 'skipped', position, reason: content.reason };
  const text = storedText(content.text);
  if (text.trim() === '') return { kind: 'skipped', position, reason: 'empty message' };
  const threadId = stringOf(header.get('conversation_id')) ?? stringOf(header.get('id'));
  return {
    kind: 'document',
    document: {
      externalId: storedText(stringOf(message['id']) ?? nodeId),
      threadId: threadId === null ? null : storedText(threadId),
      authorRole: role,
      title: storedTitle(stringOf(header.get('title'))),
      text,
      url: null,
      createdAt: isoTime(message['create_time']) ?? isoTime(header.get('create_time')),
      tags: tagsOf(message, role, header),
      attachments: content.attachments,
    },
  };
}

function tagsOf(message: JsonRecord, role: AuthorRole, header: ReadonlyMap<string, unknown>): string[] {
  const tags: string[] = [];
  const recipient = stringOf(message['recipient']);
  if (role === 'assistant' && recipient !== null && recipient !== 'all') tags.push('internal');
  const gizmo = stringOf(header.get('gizmo_id'));
  if (gizmo !== null) {
    const kind = header.get('gizmo_type') === 'snorlax' ? 'project' : 'gpt';
    tags.push(`${kind}:${storedText(gizmo).slice(0, MAX_LABEL_CHARS)}`);
  }
  return tags;
}

function isoTime(seconds: unknown): string | null {
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < MAX_EPOCH_SECONDS)) return null;
  return new Date(Math.round(seconds * 1000)).toISOString();
}
