import type { Provider } from '@nestjs/common';
import { DatabaseConfig, PipelineConfig, QueueConfig } from '../../config/index.js';
import { Notifications } from '../../database/index.js';
import { Log } from '../../telemetry/index.js';
import { PgBossRunQueue } from './pg-boss-run-queue.js';
import { QueueCaretakerService } from './queue-caretaker.service.js';
import { QueueSignal } from './queue-signal.js';
import { QueueSource } from './queue-source.js';
import { QueueWorkerService } from './queue-worker.service.js';
import { QueuedRunRepository } from './queued-run.repository.js';
import { RetryService } from './retry.service.js';
import { RunJobs } from './run-jobs.port.js';
import { RunJobsRepository } from './run-jobs.repository.js';
import { RunQueue } from './run-queue.port.js';
import { SubmissionService } from './submission.service.js';

/** What lets runs wait, and works on those that do. */
export const queueProviders: Provider[] = [
  QueueCaretakerService,
  QueueSignal,
  QueueSource,
  QueueWorkerService,
  QueuedRunRepository,
  RetryService,
  RunJobsRepository,
  SubmissionService,
  {
    provide: PgBossRunQueue,
    inject: [RunJobsRepository, QueueConfig, PipelineConfig, DatabaseConfig, Notifications, Log],
    useFactory: (
      jobs: RunJobsRepository,
      { maxPerOwner }: QueueConfig,
      { runTimeboxMs }: PipelineConfig,
      { url }: DatabaseConfig,
      notifications: Notifications,
      log: Log,
    ) =>
      PgBossRunQueue.open(
        jobs,
        { maxPerOwner, runTimeboxMs },
        { isEmbedded: url === null, notifications, log },
      ),
  },
  { provide: RunQueue, useExisting: PgBossRunQueue },
  { provide: RunJobs, useExisting: PgBossRunQueue },
];
