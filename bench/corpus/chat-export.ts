import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { conversations, type GeneratedConversation } from './conversations.js';

/** Writes a `conversations.json` of the form that ChatGPT exports. */
export async function writeChatExport(path: string, messages: number): Promise<void> {
  await pipeline(Readable.from(exportText(messages)), createWriteStream(path));
}

function* exportText(messages: number): Generator<string> {
  let separator = '[';
  for (const each of conversations(messages)) {
    yield `${separator}${JSON.stringify(exported(each))}`;
    separator = ',\n';
  }
  yield ']\n';
}

function exported({ id, title, messages }: GeneratedConversation) {
  const rootId = `${id}-root`;
  const ids = [rootId, ...messages.map((message) => message.id)];
  const nodes = messages.map((message, index) => ({
    id: message.id,
    parent: ids[index]!,
    children: ids.slice(index + 2, index + 3),
    message: {
      id: message.id,
      author: { role: message.role, metadata: {} },
      create_time: message.seconds,
      content: { content_type: 'text', parts: [message.text] },
      status: 'finished_successfully',
      recipient: 'all',
    },
  }));
  const root = { id: rootId, parent: null, children: ids.slice(1, 2), message: null };
  return {
    id,
    conversation_id: id,
    title,
    create_time: messages[0]!.seconds,
    update_time: messages.at(-1)!.seconds,
    current_node: ids.at(-1)!,
    mapping: Object.fromEntries([root, ...nodes].map((node) => [node.id, node])),
  };
}
