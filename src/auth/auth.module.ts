import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/index.js';
import { TelemetryModule } from '../telemetry/index.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { OwnerPolicy } from './owner-policy.js';
import { ScopeGuard } from './scope.guard.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [AuditModule, TelemetryModule],
  providers: [
    TokenService,
    OwnerPolicy,
    // The order is the corridor's: first who, then may.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: ScopeGuard },
  ],
  exports: [TokenService, OwnerPolicy],
})
export class AuthModule {}
