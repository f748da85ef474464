import { Module } from '@nestjs/common';
import { MetricsConfig, TelemetryConfig } from '../config/index.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';

@Module({
  providers: [
    { provide: Log, useFactory: (config: TelemetryConfig) => new Log(config), inject: [TelemetryConfig] },
    {
      provide: Metrics,
      useFactory: ({ enabled }: MetricsConfig) => new Metrics({ withProcess: enabled }),
      inject: [MetricsConfig],
    },
  ],
  exports: [Log, Metrics],
})
export class TelemetryModule {}
