import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CacheModule } from '../cache/index.js';
import { CorpusModule } from '../corpus/index.js';
import { DatabaseModule } from '../database/index.js';
import { GovernanceModule, PriceList } from '../governance/index.js';
import { MemoryModule } from '../memory/index.js';
import { OptimizerModule } from '../optimizer/index.js';
import { ModelPrices, ProviderModule } from '../provider/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { AdmissionService } from './admission/admission.service.js';
import { AnswerReuseService } from './answers/answer-reuse.service.js';
import { ReusedRunRepository } from './answers/reused-run.repository.js';
import { ReusedRunStore } from './answers/reused-run.store.js';
import { AskArranger } from './ask-arranger.js';
import { AskDecider } from './ask-decider.js';
import { AskExecutor } from './ask-executor.js';
import { CallBudget } from './call-budget.js';
import { CancelRepository } from './cancel/cancel.repository.js';
import { CancelService } from './cancel/cancel.service.js';
import { QueryStreamController } from './events/query-stream.controller.js';
import { QueryStreamService } from './events/query-stream.service.js';
import { RunEventBus } from './events/run-event.bus.js';
import { RunEventRelay } from './events/run-event.relay.js';
import { RunEventsService } from './events/run-events.service.js';
import { RunReaders } from './events/run-readers.js';
import { StoredRunRepository } from './events/stored-run.repository.js';
import { IdempotencyService } from './idempotency.service.js';
import { OrphanService } from './orphan.service.js';
import { PipelineService } from './pipeline.service.js';
import { QueryController } from './query.controller.js';
import { QueryService } from './query.service.js';
import { queueProviders } from './queue/queue.providers.js';
import { RetryController } from './queue/retry.controller.js';
import { RecoveryRecord } from './recovery-record.js';
import { ReplayService } from './replay.service.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { RetentionService } from './retention/retention.service.js';
import { ReviewService } from './review.service.js';
import { RunFactory } from './run.factory.js';
import { RunRepository } from './run.repository.js';
import { RunService } from './run.service.js';
import { RunClaimRepository } from './run-claim.repository.js';
import { RunLeaseService } from './run-lease.service.js';
import { RunReaderService } from './run-reader.service.js';
import { RunRecorder } from './run-recorder.service.js';
import { RunResumption } from './run-resumption.js';
import { RunTrailRepository } from './run-trail.repository.js';
import { RunWorker } from './run-worker.service.js';
import { RunsController } from './runs.controller.js';
import { StageRunner } from './stage-runner.js';
import { StandingRunsService } from './standing-runs.service.js';
import { SummaryController } from './summary.controller.js';
import { SummaryRepository } from './summary.repository.js';
import { SummaryService } from './summary.service.js';

@Module({
  imports: [
    AuditModule,
    CacheModule,
    CorpusModule,
    DatabaseModule,
    GovernanceModule,
    MemoryModule,
    OptimizerModule,
    ProviderModule,
    TelemetryModule,
  ],
  controllers: [QueryController, RetryController, QueryStreamController, RunsController, SummaryController],
  providers: [
    AdmissionService,
    AnswerReuseService,
    AskArranger,
    AskDecider,
    AskExecutor,
    CancelRepository,
    CancelService,
    {
      provide: PriceList,
      inject: [ModelPrices],
      useFactory: (prices: ModelPrices): PriceList => ({
        costMicroUsd: (model, inputTokens, outputTokens) =>
          prices.costOf(model, { inputTokens, outputTokens }),
      }),
    },
    ...queueProviders,
    IdempotencyService,
    PipelineService,
    QueryService,
    QueryStreamService,
    ReplayService,
    RetentionRepository,
    RetentionService,
    ReviewService,
    ReusedRunRepository,
    ReusedRunStore,
    RunEventBus,
    RunEventRelay,
    RunEventsService,
    RunFactory,
    RunLeaseService,
    RunReaders,
    RunReaderService,
    RunRepository,
    RunService,
    CallBudget,
    OrphanService,
    RecoveryRecord,
    RunClaimRepository,
    RunRecorder,
    RunResumption,
    RunTrailRepository,
    RunWorker,
    StageRunner,
    StandingRunsService,
    StoredRunRepository,
    SummaryRepository,
    SummaryService,
  ],
  exports: [PipelineService, RunLeaseService, RunReaderService, SummaryService],
})
export class PipelineModule {}
