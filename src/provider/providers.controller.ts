import { Controller, Get } from '@nestjs/common';
import { Scopes } from '../auth/index.js';
import { type ConfiguredWriter, ProviderDirectory } from './provider-directory.js';

@Controller('providers')
export class ProvidersController {
  constructor(private readonly directory: ProviderDirectory) {}

  @Get()
  @Scopes('admin')
  list(): { readonly providers: readonly ConfiguredWriter[] } {
    return { providers: this.directory.list() };
  }
}
