import { Module } from '@nestjs/common';
import { ProviderConfig } from '../config/index.js';
import { createProviderDirectory } from './provider.factory.js';
import { ProviderDirectory } from './provider-directory.js';
import { ProvidersController } from './providers.controller.js';

/** What writes text. */
@Module({
  controllers: [ProvidersController],
  providers: [{ provide: ProviderDirectory, useFactory: createProviderDirectory, inject: [ProviderConfig] }],
  exports: [ProviderDirectory],
})
export class ProviderModule {}
