import type { BranchNode } from '../chat/kept-branch.js';
import { jsonMembers, parseAt } from '../json-members.js';
import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';

/** One node of a conversation's tree: its place, without the message itself. */
export interface ConversationNode extends BranchNode {
  readonly start: number;
  readonly end: number;
}

const OPEN_BRACE = 0x7b;

/** A conversation whose messages stay bytes until they are asked for: a large one costs little more than its bytes. */
export class Conversation {
  private constructor(
    private readonly bytes: Buffer,
    /** All members but the tree. */
    readonly header: ReadonlyMap<string, unknown>,
    /** Null where there is no tree: then it is no conversation of this export. */
    readonly nodes: ReadonlyMap<string, ConversationNode> | null,
  ) {}

  /** Checks and indexes a whole conversation. Throws `SyntaxError` for broken JSON, wherever it is. */
  static parse(bytes: Buffer): Conversation {
    const header = new Map<string, unknown>();
    if (bytes[0] !== OPEN_BRACE) {
      parseAt(bytes, 0, bytes.length);
      return new Conversation(bytes, header, null);
    }
    let nodes: Map<string, ConversationNode> | null = null;
    for (const { key, start, end } of jsonMembers(bytes, 0)) {
      if (key === 'mapping' && bytes[start] === OPEN_BRACE) nodes = indexNodes(bytes, start);
      else header.set(key, parseAt(bytes, start, end));
    }
    return new Conversation(bytes, header, nodes);
  }

  /** The message of a node, parsed anew at each call. */
  messageOf(node: ConversationNode): JsonRecord | null {
    return recordOf(recordOf(parseAt(this.bytes, node.start, node.end))?.['message']);
  }
}

function indexNodes(bytes: Buffer, start: number): Map<string, ConversationNode> {
  const nodes = new Map<string, ConversationNode>();
  for (const member of jsonMembers(bytes, start)) {
    const node = recordOf(parseAt(bytes, member.start, member.end));
    if (node === null) continue;
    const message = recordOf(node['message']);
    const seconds = message?.['create_time'];
    nodes.set(member.key, {
      parent: stringOf(node['parent']),
      children: listOf(node['children']).filter((child) => typeof child === 'string'),
      hasMessage: message !== null,
      createdSeconds: typeof seconds === 'number' ? seconds : 0,
      start: member.start,
      end: member.end,
    });
  }
  return nodes;
}
