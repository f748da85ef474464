import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, Scopes } from '../../auth/index.js';
import { PressureGuard } from '../../memory/index.js';
import type { Actor } from '../../shared/index.js';
import {
  type ImportIdParams,
  type ImportOwnerQuery,
  type ImportQuery,
  type ImportsQuery,
  type ImportTargetParams,
  importIdSchema,
  importOwnerSchema,
  importQuerySchema,
  importsQuerySchema,
  importTargetSchema,
  presentImport,
  presentImports,
} from './import.schema.js';
import { ImportRecords } from './import-records.service.js';
import { ImportUndoService } from './import-undo.service.js';
import { IMPORT_MEDIA_TYPES, ImportUploadService, uploadOf } from './import-upload.service.js';

/** `POST /imports`, `POST /corpora/:corpus/import`, and what can be done with an import. */
@ApiTags('corpora')
@ApiBearerAuth()
@Controller()
export class ImportsController {
  constructor(
    private readonly uploads: ImportUploadService,
    private readonly imports: ImportRecords,
    private readonly undo: ImportUndoService,
  ) {}

  @Post('corpora/:corpus/import')
  @HttpCode(202)
  @Scopes('corpora:write')
  @UseGuards(PressureGuard)
  @ApiOperation({ summary: 'Import a file into one corpus. Follow it at Location.' })
  @ApiConsumes(...IMPORT_MEDIA_TYPES)
  @ApiBody({ description: 'The file itself.', schema: { type: 'string', format: 'binary' } })
  async start(
    @CurrentActor() actor: Actor,
    @Param({ schema: importTargetSchema }) params: ImportTargetParams,
    @Query({ schema: importQuerySchema }) query: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const record = await this.uploads.receive(actor, uploadOf(request, { ...query, ...params }));
    reply.header('Location', `/imports/${record.id}`);
    return { import_id: record.id, state: record.state };
  }

  @Post('imports')
  @HttpCode(202)
  @Scopes('corpora:write')
  @UseGuards(PressureGuard)
  @ApiOperation({
    summary: 'Import a file, each part of it into the corpus such things belong to. Follow it at Location.',
  })
  @ApiConsumes(...IMPORT_MEDIA_TYPES)
  @ApiBody({ description: 'The file itself.', schema: { type: 'string', format: 'binary' } })
  async startAnywhere(
    @CurrentActor() actor: Actor,
    @Query({ schema: importQuerySchema }) query: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const record = await this.uploads.receive(actor, uploadOf(request, query));
    reply.header('Location', `/imports/${record.id}`);
    return { import_id: record.id, state: record.state };
  }

  @Get('imports')
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'Your imports, newest first, a page at a time.' })
  async list(@CurrentActor() actor: Actor, @Query({ schema: importsQuerySchema }) query: ImportsQuery) {
    return presentImports(await this.imports.list(actor, query));
  }

  @Get('imports/:import_id')
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'How an import stands: counts, rate and time left, what was skipped and why.' })
  async find(
    @CurrentActor() actor: Actor,
    @Param({ schema: importIdSchema }) params: ImportIdParams,
    @Query({ schema: importOwnerSchema }) { owner }: ImportOwnerQuery,
  ) {
    return presentImport(await this.imports.find(actor, params.import_id, owner));
  }

  @Delete('imports/:import_id')
  @HttpCode(202)
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Stop an import. What it has stored stays until it is taken back.' })
  async cancel(
    @CurrentActor() actor: Actor,
    @Param({ schema: importIdSchema }) params: ImportIdParams,
    @Query({ schema: importOwnerSchema }) { owner }: ImportOwnerQuery,
  ) {
    return presentImport(await this.imports.cancel(actor, params.import_id, owner));
  }

  @Post('imports/:import_id/undo')
  @HttpCode(202)
  @Scopes('corpora:write')
  @ApiOperation({
    summary: 'Take an import back: what it created goes, what it replaced or removed returns.',
  })
  async takeBack(
    @CurrentActor() actor: Actor,
    @Param({ schema: importIdSchema }) params: ImportIdParams,
    @Query({ schema: importOwnerSchema }) { owner }: ImportOwnerQuery,
  ) {
    return presentImport(await this.undo.start(actor, params.import_id, owner));
  }
}
