import { Controller, Get, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/index.js';
import { type Exposition, MetricsService } from './metrics.service.js';

@ApiTags('metrics')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'The figures of this process for Prometheus; 404 where they are turned off.' })
  async show() {
    return asFile(await this.metrics.exposition());
  }
}

function asFile({ text, mediaType }: Exposition): StreamableFile {
  return new StreamableFile(Buffer.from(text), { type: mediaType });
}
