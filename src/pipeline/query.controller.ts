import { Body, Controller, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../auth/index.js';
import { PressureGuard } from '../memory/index.js';
import type { Actor } from '../shared/index.js';
import type { Caller } from './admission/admission.service.js';
import { CurrentCaller } from './admission/current-caller.decorator.js';
import { IdempotencyKey } from './idempotency-key.decorator.js';
import { PipelineService } from './pipeline.service.js';
import { commandOf, type QueryBody, queryBody } from './query.schema.js';
import { answerOf, refuseAsync } from './run-presenter.js';

@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('query')
export class QueryController {
  constructor(private readonly pipeline: PipelineService) {}

  @Post()
  @HttpCode(200)
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Scopes('query')
  @UseGuards(PressureGuard)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body: the same run.' })
  @ApiOperation({ summary: 'Answer a prompt from your corpora, through the five governed roles.' })
  async query(
    @CurrentActor() actor: Actor,
    @Body({ schema: queryBody }) body: QueryBody,
    @IdempotencyKey() key: string | null,
    @CurrentCaller() caller: Caller,
  ) {
    refuseAsync(body);
    return answerOf(await this.pipeline.start(actor, commandOf(body), key, caller));
  }
}
