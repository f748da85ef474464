import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../auth/index.js';
import { type Actor, EVENT_STREAM_TYPE } from '../shared/index.js';
import { CancelService } from './cancel/cancel.service.js';
import { LastEventId } from './events/last-event-id.decorator.js';
import { RunEventsService } from './events/run-events.service.js';
import { ReplayService } from './replay.service.js';
import { ReviewService } from './review.service.js';
import { presentPage, presentRun } from './run-presenter.js';
import { RunReaderService } from './run-reader.service.js';
import {
  type DecisionBody,
  decisionBody,
  type RunsQuery,
  runsQuery,
  type TaskParams,
  taskParams,
} from './runs.schema.js';

@ApiTags('runs')
@ApiBearerAuth()
@Controller('runs')
export class RunsController {
  constructor(
    private readonly reader: RunReaderService,
    private readonly reviews: ReviewService,
    private readonly replays: ReplayService,
    private readonly events: RunEventsService,
    private readonly cancels: CancelService,
  ) {}

  @Get()
  @Scopes('query', 'admin', 'review')
  @ApiOperation({ summary: 'List runs, newest first: your own, or all as an admin.' })
  async list(@CurrentActor() actor: Actor, @Query({ schema: runsQuery }) query: RunsQuery) {
    return presentPage(await this.reader.list(actor, query));
  }

  @Get(':task_id')
  @Scopes('query', 'admin', 'review')
  @ApiOperation({
    summary: 'One run: your own whole, another owner’s without its texts, a held one whole for reviewers.',
  })
  async get(@CurrentActor() actor: Actor, @Param({ schema: taskParams }) params: TaskParams) {
    return presentRun(await this.reader.get(actor, params.task_id));
  }

  @Get(':task_id/events')
  @Scopes('query', 'admin', 'review')
  @ApiProduces(EVENT_STREAM_TYPE)
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Go on after this event.' })
  @ApiOperation({
    summary:
      'What happened in a run, what happens, and its end, as server-sent events: stages and asks, no texts. 204: nothing more will come.',
  })
  follow(
    @CurrentActor() actor: Actor,
    @Param({ schema: taskParams }) params: TaskParams,
    @LastEventId() lastEventId: number,
  ) {
    return this.events.follow(actor, params.task_id, lastEventId);
  }

  @Delete(':task_id')
  @HttpCode(202)
  @Scopes('query', 'admin')
  @ApiOperation({
    summary:
      'Cancel a run: a queued one at once, a running one as soon as its process has stopped; `state` says how it stands.',
  })
  async cancel(@CurrentActor() actor: Actor, @Param({ schema: taskParams }) params: TaskParams) {
    return presentRun(await this.cancels.cancel(actor, params.task_id));
  }

  @Post(':task_id/decision')
  @HttpCode(200)
  @Scopes('review')
  @ApiOperation({ summary: 'Approve or reject a held answer, bound to the SHA-256 of its exact text.' })
  async decide(
    @CurrentActor() actor: Actor,
    @Param({ schema: taskParams }) params: TaskParams,
    @Body({ schema: decisionBody }) body: DecisionBody,
  ) {
    const { decision, text_sha256: textSha256, comment = null } = body;
    const run = await this.reviews.decide(actor, params.task_id, { decision, textSha256, comment });
    return presentRun({ run, view: 'whole' });
  }

  @Post(':task_id/replay')
  @HttpCode(200)
  @Scopes('admin')
  @ApiOperation({
    summary: 'Feed a run’s journal back through the roles and compare: no call is made, no text is shown.',
  })
  replay(@Param({ schema: taskParams }) params: TaskParams) {
    return this.replays.replay(params.task_id);
  }
}
