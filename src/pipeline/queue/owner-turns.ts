/** Beyond this many owners in one round the next round begins: the list is sent with each look into the queue. */
const MAX_SERVED = 1_000;

/** Whose turn it is: each owner with waiting runs gets one turn in a round, per place in the queue. */
export class OwnerTurns {
  private readonly served = new Map<number, Set<string>>();

  /** Owners that had their turn in this round. */
  servedOf(priority: number): readonly string[] {
    return [...(this.served.get(priority) ?? [])];
  }

  took(priority: number, ownerId: string): void {
    const owners = this.served.get(priority) ?? new Set<string>();
    if (owners.size >= MAX_SERVED) owners.clear();
    this.served.set(priority, owners.add(ownerId));
  }

  /** Nobody is left who has not had a turn. */
  endRound(priority: number): void {
    this.served.delete(priority);
  }
}
