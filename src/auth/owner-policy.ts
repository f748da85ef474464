import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/index.js';
import { type Actor, AppError, hasScope } from '../shared/index.js';

/** Decides on which rows: an actor works on its own, an admin on another's only by naming the owner, and never silently. */
@Injectable()
export class OwnerPolicy {
  constructor(private readonly audit: AuditLog) {}

  /** The owner whose rows may be used. Throws `auth.foreign_owner` (forbidden). */
  async resolve(actor: Actor, owner?: string): Promise<string> {
    if (owner === undefined || owner === actor.userId) return actor.userId;
    const allowed = hasScope(actor, 'admin');
    const event = { actor: actor.userId, action: 'owner.act_for', resource: owner } as const;
    if (!allowed) {
      this.audit.record({ ...event, outcome: 'denied' });
      throw new AppError('auth.foreign_owner', 'forbidden', 'Only an admin may name another owner.', {
        hint: 'Leave `owner` out, or use a token with the scope admin.',
      });
    }
    await this.audit.append({ ...event, outcome: 'allowed' });
    return owner;
  }
}
