import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { Log } from '../../telemetry/index.js';
import { DocumentRemoval } from '../documents/document-removal.repository.js';
import { KeptCopies } from '../documents/kept-copies.js';
import { type LimitedCorpus, RetentionRepository } from './retention.repository.js';

const EVERY_MS = 60 * 60 * 1000;
/** Between two of these the process may stop. */
const AT_ONCE = 1_000;
/** The trail's name for the process itself. */
const ACTOR = 'system';

/**
 * Deletes documents that are older than their corpus allows, each hour. Replicas may do it at the same time: each
 * document is deleted, and counted, by one of them.
 */
@Injectable()
export class RetentionJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly retention: RetentionRepository,
    private readonly removal: DocumentRemoval,
    private readonly copies: KeptCopies,
    private readonly audit: AuditLog,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.run();
    }, EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.running;
  }

  /** One round over all corpora; a corpus that fails is logged, and the others go on. */
  async run(): Promise<void> {
    try {
      for (const corpus of await this.retention.limited()) {
        if (this.isStopping) return;
        await this.clean(corpus).catch((error) =>
          this.log.error('corpus.retention_failed', error, { corpus: corpus.corpus }),
        );
      }
      await this.retention.forgetOldBatches();
    } catch (error) {
      this.log.error('corpus.retention_failed', error, {});
    }
  }

  private async clean(corpus: LimitedCorpus): Promise<void> {
    await this.retention.forgetOlderForms(corpus);
    const ids = await this.retention.older(corpus);
    if (ids.length === 0) return;
    let deleted = 0;
    for (let start = 0; start < ids.length && !this.isStopping; start += AT_ONCE)
      deleted += await this.removal.remove(corpus, ids.slice(start, start + AT_ONCE), { kind: 'for_good' });
    if (deleted === 0) return;
    await this.copies.forget();
    const { ownerId: owner, corpus: name, days } = corpus;
    this.log.info('corpus.retention_done', { corpus: name, days, deleted });
    await this.audit.append({
      actor: ACTOR,
      action: 'corpus.retention',
      resource: `corpora/${name}`,
      outcome: 'done',
      details: { owner, corpus: name, days, deleted },
    });
  }
}
