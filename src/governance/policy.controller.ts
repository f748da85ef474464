import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { GovernanceService, type PolicyDescription } from './governance.service.js';

@ApiTags('governance')
@ApiBearerAuth()
@Controller('policy')
export class PolicyController {
  constructor(private readonly governance: GovernanceService) {}

  @Get()
  @Scopes('audit')
  @ApiOperation({ summary: 'The policy in force: version, hash, every rule and every threshold.' })
  describe(): PolicyDescription {
    return this.governance.describe();
  }
}
