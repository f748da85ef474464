import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../../auth/index.js';
import type { Actor } from '../../shared/index.js';
import { type TaskParams, taskParams } from '../runs.schema.js';
import { type Accept, Accepting } from './accept.decorator.js';
import { presentOutcome } from './accepted-run.js';
import { RetryService } from './retry.service.js';

@ApiTags('runs')
@ApiBearerAuth()
@Controller('runs')
export class RetryController {
  constructor(private readonly retries: RetryService) {}

  @Post(':task_id/retry')
  @HttpCode(202)
  @Scopes('admin')
  @ApiOperation({
    summary:
      'Put a run that failed for a passing reason, or was given up, into the queue again: the same run goes on.',
  })
  async retry(
    @CurrentActor() actor: Actor,
    @Param({ schema: taskParams }) params: TaskParams,
    @Accepting() accept: Accept,
  ) {
    return presentOutcome({ kind: 'accepted', run: await this.retries.retry(actor, params.task_id) }, accept);
  }
}
