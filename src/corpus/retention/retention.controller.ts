import { Body, Controller, Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../../auth/index.js';
import type { Actor } from '../../shared/index.js';
import { type CorporaQuery, corporaQuerySchema } from '../corpora.schema.js';
import {
  type RetentionBody,
  type RetentionParams,
  retentionBody,
  retentionParams,
  retentionView,
} from './retention.schema.js';
import { RetentionService } from './retention.service.js';

/** `POST` and `DELETE /corpora/:corpus/retention`. */
@ApiTags('corpora')
@ApiBearerAuth()
@Controller('corpora/:corpus/retention')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Post()
  @HttpCode(200)
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Delete documents of a corpus when they are older than so many days.' })
  async set(
    @CurrentActor() actor: Actor,
    @Param({ schema: retentionParams }) params: RetentionParams,
    @Query({ schema: corporaQuerySchema }) { owner }: CorporaQuery,
    @Body({ schema: retentionBody }) { days }: RetentionBody,
  ) {
    return retentionView(await this.retention.set(actor, { ...params, owner }, days));
  }

  @Delete()
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Leave it to the deployment how long documents of a corpus are kept.' })
  async clear(
    @CurrentActor() actor: Actor,
    @Param({ schema: retentionParams }) params: RetentionParams,
    @Query({ schema: corporaQuerySchema }) { owner }: CorporaQuery,
  ) {
    return retentionView(await this.retention.set(actor, { ...params, owner }, null));
  }
}
