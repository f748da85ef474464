import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public, Scopes } from '../auth/index.js';
import { HealthService } from './health.service.js';
import { StatusService } from './status.service.js';

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly statuses: StatusService,
  ) {}

  @Get('health')
  @Public()
  @ApiOperation({ summary: 'All indicators in one answer.' })
  all() {
    return this.health.all();
  }

  @Get('health/live')
  @Public()
  @ApiOperation({ summary: 'The event loop answers; says nothing of the database.' })
  live() {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Public()
  @ApiOperation({ summary: 'Database reachable, policy loaded, provider configured; 503 otherwise.' })
  ready() {
    return this.health.ready();
  }

  @Get('health/startup')
  @Public()
  @ApiOperation({ summary: 'Started: the server listens only after its migrations are done.' })
  startup() {
    return { status: 'ok' };
  }

  @Get('status')
  @Scopes('admin')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'What this process is and how it is set.' })
  status() {
    return this.statuses.status();
  }
}
