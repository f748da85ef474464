import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { AuditLog } from './audit-log.js';

@Module({ imports: [DatabaseModule, TelemetryModule], providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
