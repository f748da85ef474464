import { Module } from '@nestjs/common';
import { CacheModule } from '../cache/index.js';
import { MemoryModule } from '../memory/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { AnswerFlight } from './answer-flight.js';
import { OperationRecord } from './operation-record.js';
import { OptimizerController } from './optimizer.controller.js';
import { Optimizer } from './optimizer.js';
import { OptimizerOverview } from './optimizer-overview.js';
import { Planner } from './planner.js';
import { ResponseStore } from './response-store.js';
import { UnfinishedWork } from './unfinished-work.js';

/** Arranges time and cost of work that was permitted. */
@Module({
  imports: [CacheModule, MemoryModule, TelemetryModule],
  controllers: [OptimizerController],
  providers: [
    AnswerFlight,
    OperationRecord,
    Optimizer,
    OptimizerOverview,
    Planner,
    ResponseStore,
    UnfinishedWork,
  ],
  exports: [AnswerFlight, Optimizer, OptimizerOverview],
})
export class OptimizerModule {}
