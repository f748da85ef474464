import { Module } from '@nestjs/common';
import { MemoryConfig } from '../config/index.js';
import { Clock } from '../shared/index.js';
import { Log, Metrics, TelemetryModule } from '../telemetry/index.js';
import { V8HeapCollector } from './heap-collector.js';
import { MemoryController } from './memory.controller.js';
import { MemoryService } from './memory.service.js';
import { MemoryManager } from './memory-manager.js';
import { PressureGuard } from './pressure.guard.js';
import { ProcessMemory } from './process-memory.js';

/** How tight memory is, for those who can do with less of it. */
@Module({
  imports: [TelemetryModule],
  controllers: [MemoryController],
  providers: [
    {
      provide: MemoryManager,
      useFactory: (config: MemoryConfig, metrics: Metrics, clock: Clock, log: Log) =>
        new MemoryManager(
          config,
          new ProcessMemory(config.limitBytes),
          new V8HeapCollector(),
          metrics,
          clock,
          log,
        ),
      inject: [MemoryConfig, Metrics, Clock, Log],
    },
    MemoryService,
    PressureGuard,
  ],
  exports: [MemoryManager, PressureGuard, TelemetryModule],
})
export class MemoryModule {}
