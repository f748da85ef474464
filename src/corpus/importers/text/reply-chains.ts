/** Finds the first message of each chain of replies; only ids are held, two for each reply. */
export class ReplyChains {
  readonly #parents = new Map<string, string>();

  learn(id: string, parentId: string): void {
    this.#parents.set(id, parentId);
  }

  /** The id at the begin of the chain, which may be of a message that is not known; its own where it answers none. */
  rootOf(id: string): string {
    const passed = new Set<string>();
    let root = id;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) {
      passed.add(root);
      if (passed.has(next)) {
        root = firstOfCircle(passed, next);
        break;
      }
      root = next;
    }
    // The next look at this chain takes one step.
    for (const each of passed) this.#parents.set(each, root);
    this.#parents.delete(root);
    return root;
  }
}

/** Messages that answer each other in a circle have no first one: the smallest id stands for them. */
function firstOfCircle(passed: ReadonlySet<string>, begin: string): string {
  const ids = [...passed];
  return ids.slice(ids.indexOf(begin)).sort()[0]!;
}
