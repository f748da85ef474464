import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { type ProbedWriter, ProviderDirectory } from './provider-directory.js';

@ApiTags('providers')
@Controller('providers')
export class ProvidersController {
  constructor(private readonly directory: ProviderDirectory) {}

  @Get()
  @Scopes('admin')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'What writes for which use, and whether it answers now; writes nothing.' })
  async list() {
    return { providers: (await this.directory.probe()).map(presented) };
  }
}

function presented({ latencyMs, weightsBytes, ...writer }: ProbedWriter) {
  return { ...writer, latency_ms: latencyMs, weights_bytes: weightsBytes };
}
