import { storedText } from '../stored-text.js';

/**
 * The id of a message within its conversation. A message that was carried into a second conversation keeps its own
 * id there, so the conversation is a part of the key: then no order of an export can swap the two.
 */
export function messageKey(conversationId: string | null, messageId: string): string {
  const id = storedText(messageId);
  return conversationId === null ? id : `${storedText(conversationId)}:${id}`;
}
