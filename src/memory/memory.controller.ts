import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../auth/index.js';
import { MemoryService } from './memory.service.js';

@ApiTags('memory')
@Controller('memory')
export class MemoryController {
  constructor(private readonly memory: MemoryService) {}

  @Get()
  @Scopes('admin')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'What memory this process uses, what it may use, and how tight that is.' })
  show() {
    return this.memory.report();
  }
}
