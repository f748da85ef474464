import { Body, Controller, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../auth/index.js';
import { PressureGuard } from '../memory/index.js';
import type { Actor } from '../shared/index.js';
import type { Caller } from './admission/admission.service.js';
import { CurrentCaller } from './admission/current-caller.decorator.js';
import { IdempotencyKey } from './idempotency-key.decorator.js';
import { type QueryBody, queryBody, requestOf } from './query.schema.js';
import { QueryService } from './query.service.js';
import { type Accept, Accepting } from './queue/accept.decorator.js';
import { presentOutcome } from './queue/accepted-run.js';

@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('query')
export class QueryController {
  constructor(private readonly queries: QueryService) {}

  @Post()
  @HttpCode(200)
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Scopes('query')
  @UseGuards(PressureGuard)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body: the same run.' })
  @ApiOperation({
    summary: 'Answer a prompt from your corpora, through the five governed roles.',
    description:
      'With `Accept: text/event-stream` the run’s events are sent as they happen, then `answer` with what is else the body, or `problem` with the problem document.',
  })
  @ApiOkResponse({ description: 'The answer.' })
  @ApiAcceptedResponse({
    description:
      'With `async: true`: the run as it stands. Its answer will be at Location (GET /runs/:task_id).',
    headers: { Location: { schema: { type: 'string' } } },
  })
  async query(
    @CurrentActor() actor: Actor,
    @Body({ schema: queryBody }) body: QueryBody,
    @IdempotencyKey() key: string | null,
    @CurrentCaller() caller: Caller,
    @Accepting() accept: Accept,
  ) {
    return presentOutcome(await this.queries.handle(actor, requestOf(body), key, caller), accept);
  }
}
