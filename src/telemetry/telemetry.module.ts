import { Module } from '@nestjs/common';
import { TelemetryConfig } from '../config/index.js';
import { Log } from './log.js';

@Module({
  providers: [
    { provide: Log, useFactory: (config: TelemetryConfig) => new Log(config), inject: [TelemetryConfig] },
  ],
  exports: [Log],
})
export class TelemetryModule {}
