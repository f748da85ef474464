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
import { PipelineService } from './pipeline.service.js';
import { QueryController } from './query.controller.js';
import { ReplayService } from './replay.service.js';
import { ReviewService } from './review.service.js';
import { RunFactory } from './run.factory.js';
import { RunRepository } from './run.repository.js';
import { RunService } from './run.service.js';
import { RunLeaseService } from './run-lease.service.js';
import { RunReaderService } from './run-reader.service.js';
import { RunsController } from './runs.controller.js';
import { StageRunner } from './stage-runner.js';
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
  controllers: [QueryController, RunsController, SummaryController],
  providers: [
    AdmissionService,
    AnswerReuseService,
    AskArranger,
    AskDecider,
    AskExecutor,
    {
      provide: PriceList,
      inject: [ModelPrices],
      useFactory: (prices: ModelPrices): PriceList => ({
        costMicroUsd: (model, inputTokens, outputTokens) =>
          prices.costOf(model, { inputTokens, outputTokens }),
      }),
    },
    PipelineService,
    ReplayService,
    ReviewService,
    ReusedRunRepository,
    ReusedRunStore,
    RunFactory,
    RunLeaseService,
    RunReaderService,
    RunRepository,
    RunService,
    StageRunner,
    SummaryRepository,
    SummaryService,
  ],
  exports: [PipelineService, RunReaderService, SummaryService],
})
export class PipelineModule {}
