import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { OwnerPolicy } from '../../auth/index.js';
import type { Actor, CorpusName } from '../../shared/index.js';
import { RetentionRepository } from './retention.repository.js';

/** How old the documents of a corpus may become. */
export interface Retention {
  readonly corpus: CorpusName;
  /** Null: they are kept. */
  readonly days: number | null;
  /** Documents that are older already; the next round deletes them, within the hour. */
  readonly due: number;
}

/** Sets how old the documents of a corpus may become. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly owners: OwnerPolicy,
    private readonly retention: RetentionRepository,
    private readonly audit: AuditLog,
  ) {}

  /** `days` null: what the deployment says from now on. */
  async set(
    actor: Actor,
    { corpus, owner }: { readonly corpus: CorpusName; readonly owner?: string | undefined },
    days: number | null,
  ): Promise<Retention> {
    const ownerId = await this.owners.resolve(actor, owner);
    await this.retention.set({ ownerId, corpus }, days);
    await this.audit.append({
      actor: actor.userId,
      action: 'corpus.set_retention',
      resource: `corpora/${corpus}`,
      outcome: 'done',
      details: { owner: ownerId, corpus, days },
    });
    const applies = days ?? this.retention.usualDays;
    const due = applies === null ? 0 : await this.retention.countOlder({ ownerId, corpus }, applies);
    return { corpus, days: applies, due };
  }
}
