import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { OptimizerOverview } from './optimizer-overview.js';

@ApiTags('optimizer')
@ApiBearerAuth()
@Controller('optimizer')
export class OptimizerController {
  constructor(private readonly overview: OptimizerOverview) {}

  @Get()
  @Scopes('admin')
  @ApiOperation({ summary: 'How operations are arranged in this process, what was chosen lately, and why.' })
  read() {
    return this.overview.read();
  }
}
