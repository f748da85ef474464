/** Rights a token can carry. */
export const SCOPES = ['query', 'corpora:read', 'corpora:write', 'review', 'audit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** On whose behalf something is done: the owner id of every row it may touch, and what it may do. */
export interface Actor {
  readonly userId: string;
  readonly scopes: readonly Scope[];
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  return actor.scopes.includes(scope);
}
