import { Injectable } from '@nestjs/common';
import { MetricsConfig } from '../config/index.js';
import { AppError } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';

/** A text with its media type. */
export interface Exposition {
  readonly text: string;
  readonly mediaType: string;
}

/** What a Prometheus server fetches. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly config: MetricsConfig,
    private readonly metrics: Metrics,
  ) {}

  /** Throws `metrics.disabled` unless the process is set to tell its figures. */
  async exposition(): Promise<Exposition> {
    if (!this.config.enabled)
      throw new AppError('metrics.disabled', 'not_found', 'This process does not tell its figures.', {
        hint: 'The operator turns them on with METRICS_ENABLED=true.',
      });
    return { text: await this.metrics.text(), mediaType: this.metrics.contentType };
  }
}
