import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { type SummaryQuery, summaryQuery } from './runs.schema.js';
import { SummaryService } from './summary.service.js';

@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('pipeline/summary')
export class SummaryController {
  constructor(private readonly summaries: SummaryService) {}

  @Get()
  @Scopes('admin')
  @ApiOperation({ summary: 'What the pipeline did in a window, per stage and over all replicas.' })
  summary(@Query({ schema: summaryQuery }) query: SummaryQuery) {
    return this.summaries.summarize(query.window);
  }
}
