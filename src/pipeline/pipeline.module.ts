import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CorpusModule } from '../corpus/index.js';
import { DatabaseModule } from '../database/index.js';
import { GovernanceModule, PriceList } from '../governance/index.js';
import { ModelPrices, ProviderModule } from '../provider/index.js';
import { TelemetryModule } from '../telemetry/index.js';
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
  imports: [AuditModule, CorpusModule, DatabaseModule, GovernanceModule, ProviderModule, TelemetryModule],
  controllers: [QueryController, RunsController, SummaryController],
  providers: [
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
