import { type CanActivate, Injectable } from '@nestjs/common';
import { AppError } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';
import { MemoryManager } from './memory-manager.js';

const RETRY_AFTER_SECONDS = 5;

/** Refuses new work while memory is at its limit (`memory.pressure`, 503 with Retry-After); running work goes on. */
@Injectable()
export class PressureGuard implements CanActivate {
  constructor(
    private readonly memory: MemoryManager,
    private readonly metrics: Metrics,
  ) {}

  canActivate(): boolean {
    if (this.memory.pressure() !== 'limit') return true;
    this.metrics.refused('memory_pressure');
    throw new AppError('memory.pressure', 'unavailable', 'This process is short of memory.', {
      hint: 'Nothing was begun. Repeat the request after the time in Retry-After.',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
