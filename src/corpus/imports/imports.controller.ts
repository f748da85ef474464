import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, Scopes } from '../../auth/index.js';
import { PressureGuard } from '../../memory/index.js';
import type { Actor } from '../../shared/index.js';
import {
  type ImportIdParams,
  type ImportQuery,
  type ImportTargetParams,
  importIdSchema,
  importQuerySchema,
  importTargetSchema,
  presentImport,
} from './import.schema.js';
import { ImportService } from './import.service.js';
import { IMPORT_MEDIA_TYPES, ImportUploadService } from './import-upload.service.js';

/** `POST /corpora/:corpus/import` and `GET /imports/:import_id`. */
@ApiTags('corpora')
@ApiBearerAuth()
@Controller()
export class ImportsController {
  constructor(
    private readonly uploads: ImportUploadService,
    private readonly imports: ImportService,
  ) {}

  @Post('corpora/:corpus/import')
  @HttpCode(202)
  @Scopes('corpora:write')
  @UseGuards(PressureGuard)
  @ApiOperation({
    summary: 'Import a file: a ChatGPT export, Markdown or plain text. Follow it at Location.',
  })
  @ApiConsumes(...IMPORT_MEDIA_TYPES)
  @ApiBody({ description: 'The file itself.', schema: { type: 'string', format: 'binary' } })
  async start(
    @CurrentActor() actor: Actor,
    @Param({ schema: importTargetSchema }) params: ImportTargetParams,
    @Query({ schema: importQuerySchema }) query: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const contentType = request.headers['content-type'];
    const contentLength = request.headers['content-length'];
    const upload = { ...params, ...query, contentType, contentLength, body: request.body };
    const record = await this.uploads.receive(actor, upload);
    reply.header('Location', `/imports/${record.id}`);
    return { import_id: record.id, state: record.state };
  }

  @Get('imports/:import_id')
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'How an import stands: counts, what was skipped and why.' })
  async find(@CurrentActor() actor: Actor, @Param({ schema: importIdSchema }) params: ImportIdParams) {
    return presentImport(await this.imports.find(actor, params.import_id));
  }
}
