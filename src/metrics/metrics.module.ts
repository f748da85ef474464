import { Module } from '@nestjs/common';
import { TelemetryModule } from '../telemetry/index.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';

/** The door through which Prometheus reads. */
@Module({
  imports: [TelemetryModule],
  controllers: [MetricsController],
  providers: [MetricsService],
})
export class MetricsModule {}
