import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { AuditLog } from './audit-log.js';
import { AuditRemovalRepository } from './audit-removal.repository.js';

@Module({
  imports: [DatabaseModule, TelemetryModule],
  providers: [AuditLog, AuditRemovalRepository],
  exports: [AuditLog, AuditRemovalRepository],
})
export class AuditModule {}
