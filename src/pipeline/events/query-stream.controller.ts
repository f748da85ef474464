import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { RouteConstraints } from '@nestjs/platform-fastify';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../../auth/index.js';
import { PressureGuard } from '../../memory/index.js';
import { type Actor, EVENT_STREAM_TYPE } from '../../shared/index.js';
import type { Caller } from '../admission/admission.service.js';
import { CurrentCaller } from '../admission/current-caller.decorator.js';
import { IdempotencyKey } from '../idempotency-key.decorator.js';
import { type QueryBody, queryBody, requestOf } from '../query.schema.js';
import { QueryStreamService } from './query-stream.service.js';

/** `POST /query` for who accepts events; its description stands with the one that answers with JSON. */
@Controller('query')
export class QueryStreamController {
  constructor(private readonly streams: QueryStreamService) {}

  @Post()
  @HttpCode(200)
  @Scopes('query')
  @UseGuards(PressureGuard)
  @RouteConstraints({ accept: EVENT_STREAM_TYPE })
  @ApiExcludeEndpoint()
  query(
    @CurrentActor() actor: Actor,
    @Body({ schema: queryBody }) body: QueryBody,
    @IdempotencyKey() key: string | null,
    @CurrentCaller() caller: Caller,
  ) {
    return this.streams.start(actor, requestOf(body), key, caller);
  }
}
