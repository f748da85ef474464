import { Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../../auth/index.js';
import { PressureGuard } from '../../memory/index.js';
import type { Actor } from '../../shared/index.js';
import { type CorporaQuery, corporaQuerySchema } from '../corpora.schema.js';
import { type VoiceParams, voiceParamsSchema, voicesView, voiceView } from './voice.schema.js';
import { VoiceService } from './voice.service.js';

/** `GET /voice`, `DELETE /voice/:register` and `POST /voice/:register/rebuild`. */
@ApiTags('voice')
@ApiBearerAuth()
@Controller('voice')
export class VoiceController {
  constructor(private readonly voices: VoiceService) {}

  @Get()
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'How you write, learned from your own words only: plain figures per register.' })
  async show(@CurrentActor() actor: Actor, @Query({ schema: corporaQuerySchema }) query: CorporaQuery) {
    return voicesView(await this.voices.show(actor, query.owner));
  }

  @Delete(':register')
  @HttpCode(204)
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Delete what was learned; imports do not bring it back, a rebuild does.' })
  async delete(
    @CurrentActor() actor: Actor,
    @Param({ schema: voiceParamsSchema }) params: VoiceParams,
    @Query({ schema: corporaQuerySchema }) query: CorporaQuery,
  ): Promise<void> {
    await this.voices.delete(actor, params.register, query.owner);
  }

  @Post(':register/rebuild')
  @HttpCode(200)
  @Scopes('corpora:write')
  @UseGuards(PressureGuard)
  @ApiOperation({ summary: 'Learn a voice anew from all that you wrote in its corpus.' })
  async rebuild(
    @CurrentActor() actor: Actor,
    @Param({ schema: voiceParamsSchema }) params: VoiceParams,
    @Query({ schema: corporaQuerySchema }) query: CorporaQuery,
  ) {
    return voiceView(await this.voices.rebuild(actor, params.register, query.owner));
  }
}
