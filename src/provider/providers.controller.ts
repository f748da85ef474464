import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { type ConfiguredWriter, ProviderDirectory } from './provider-directory.js';

@ApiTags('provider')
@ApiBearerAuth()
@Controller('providers')
export class ProvidersController {
  constructor(private readonly directory: ProviderDirectory) {}

  @Get()
  @Scopes('admin')
  @ApiOperation({ summary: 'What writes for the roles, and whether it is external.' })
  list(): { readonly providers: readonly ConfiguredWriter[] } {
    return { providers: this.directory.list() };
  }
}
