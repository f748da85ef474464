/** A message's place in a conversation's tree, whatever the service. */
export interface BranchNode {
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly hasMessage: boolean;
  /** Epoch seconds of the message; 0 where it has none. */
  readonly createdSeconds: number;
}

export type NodesById = ReadonlyMap<string, BranchNode>;

/** The nodes with messages that the person kept, oldest first. */
export interface Branch {
  readonly nodeIds: readonly string[];
  /** Messages that stand on other branches: earlier wordings and answers that were generated anew. */
  readonly otherCount: number;
  /** What had to be guessed or repaired; categories, no text. */
  readonly notes: readonly string[];
}

/**
 * Walks from the current node through the parents to the root. Without a usable current node it starts at the
 * newest leaf; a circle or a missing parent ends the walk, and what was found until then is kept.
 */
export function keptBranch(nodes: NodesById, currentId: unknown): Branch {
  const notes: string[] = [];
  const known = typeof currentId === 'string' && nodes.has(currentId);
  if (!known) notes.push('no current node: the branch with the newest message was taken');
  let id = known ? currentId : newestLeaf(nodes);
  const nodeIds: string[] = [];
  const visited = new Set<string>();
  while (id !== null) {
    const node = nodes.get(id);
    if (node === undefined || visited.has(id)) {
      notes.push(
        node === undefined ? 'a parent message is missing' : 'messages form a circle: each was taken once',
      );
      break;
    }
    visited.add(id);
    if (node.hasMessage) nodeIds.push(id);
    id = node.parent;
  }
  const otherCount = [...nodes].filter(([other, node]) => node.hasMessage && !visited.has(other)).length;
  return { nodeIds: nodeIds.reverse(), otherCount, notes };
}

/** The node without children whose message is the newest; of equals, the one listed last. */
function newestLeaf(nodes: NodesById): string | null {
  const withMessage = [...nodes].filter(([, node]) => node.hasMessage);
  const leaves = withMessage.filter(
    ([, node]) => !node.children.some((child) => nodes.get(child)?.hasMessage),
  );
  let newest: string | null = null;
  let newestSeconds = Number.NEGATIVE_INFINITY;
  // Where all nodes lie on circles there is no leaf.
  for (const [id, node] of leaves.length > 0 ? leaves : withMessage) {
    if (node.createdSeconds < newestSeconds) continue;
    newest = id;
    newestSeconds = node.createdSeconds;
  }
  return newest;
}
