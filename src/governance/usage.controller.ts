import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../auth/index.js';
import type { Actor } from '../shared/index.js';
import { type UsageQuery, usageQuery, usageView } from './usage.schema.js';
import { UsageService } from './usage.service.js';

@ApiTags('governance')
@ApiBearerAuth()
@Controller('usage')
export class UsageController {
  constructor(private readonly usages: UsageService) {}

  @Get()
  @Scopes('query', 'admin')
  @ApiOperation({
    summary: 'What your external calls took today and in the last 30 days, and your daily limits.',
  })
  async usage(@CurrentActor() actor: Actor, @Query({ schema: usageQuery }) query: UsageQuery) {
    return usageView(await this.usages.usage(actor, query.owner));
  }
}
