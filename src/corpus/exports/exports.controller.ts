import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../../auth/index.js';
import type { Actor } from '../../shared/index.js';
import {
  documentFilterOf,
  type OwnedCorpusParams,
  ownedCorpusParams,
} from '../documents/documents.schema.js';
import { type ExportQuery, exportQuery } from './export.schema.js';
import { type CorpusExport, ExportService } from './export.service.js';

/** `GET /corpora/:corpus/export`. */
@ApiTags('corpora')
@ApiBearerAuth()
@Controller('corpora/:corpus/export')
export class ExportsController {
  constructor(private readonly exports: ExportService) {}

  @Get()
  @Scopes('corpora:read')
  @ApiOperation({
    summary: 'All documents that match, whole: JSON Lines, a table (CSV) or Markdown files in a ZIP.',
  })
  @ApiProduces('application/jsonl', 'text/csv', 'application/zip')
  async download(
    @CurrentActor() actor: Actor,
    @Param({ schema: ownedCorpusParams }) params: OwnedCorpusParams,
    @Query({ schema: exportQuery }) query: ExportQuery,
  ): Promise<StreamableFile> {
    const named = { ...params, owner: query.owner };
    return asFile(await this.exports.begin(actor, named, documentFilterOf(query), query.format));
  }
}

function asFile({ fileName, mediaType, content }: CorpusExport): StreamableFile {
  return new StreamableFile(content, {
    type: mediaType,
    disposition: `attachment; filename="${fileName}"`,
  });
}
