import { Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ProviderConfig } from '../config/index.js';
import { Clock } from '../shared/index.js';
import { Log, TelemetryModule } from '../telemetry/index.js';
import { loadModelPrices, ModelPrices } from './prices/model-prices.js';
import { createProviderDirectory } from './provider.factory.js';
import { ProviderDirectory } from './provider-directory.js';
import { ProvidersController } from './providers.controller.js';

/** What writes text. */
@Module({
  imports: [TelemetryModule],
  controllers: [ProvidersController],
  providers: [
    {
      provide: ProviderDirectory,
      useFactory: (config: ProviderConfig, clock: Clock, log: Log) =>
        createProviderDirectory(config, { clock, log }),
      inject: [ProviderConfig, Clock, Log],
    },
    {
      provide: ModelPrices,
      useFactory: ({ modelPricesFile }: ProviderConfig) => loadModelPrices(modelPricesFile),
      inject: [ProviderConfig],
    },
  ],
  exports: [ModelPrices, ProviderDirectory],
})
export class ProviderModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly log: Log,
  ) {}

  /** Says in the log what does not answer; the start does not wait for it, for it may answer later. */
  onApplicationBootstrap(): void {
    this.directory.probe().then(
      (writers) => {
        for (const { use, name, model, problem } of writers)
          if (problem !== null) this.log.warn('provider.probe_failed', { use, name, model, problem });
      },
      (error: unknown) => this.log.error('provider.probe_failed', error),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.directory.close();
  }
}
