import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../auth/index.js';
import type { Actor } from '../shared/index.js';
import {
  type CorporaQuery,
  type CorpusParams,
  corporaQuerySchema,
  corporaView,
  corpusParamsSchema,
  corpusSearchOf,
  type DocumentParams,
  documentParamsSchema,
  type SearchParameters,
  searchQuerySchema,
  searchView,
} from './corpora.schema.js';
import { CorporaService } from './corpora.service.js';
import { CorpusOverviewService } from './corpus-overview.service.js';

/** `GET /corpora`, `GET /corpora/:corpus/search` and `DELETE /corpora/:corpus/documents/:id`. */
@ApiTags('corpora')
@ApiBearerAuth()
@Controller('corpora')
export class CorporaController {
  constructor(
    private readonly corpora: CorporaService,
    private readonly overview: CorpusOverviewService,
  ) {}

  @Get()
  @Scopes('corpora:read')
  @ApiOperation({
    summary: 'What your corpora hold: counts, sources, languages, times, size, and the room left.',
  })
  async list(@CurrentActor() actor: Actor, @Query({ schema: corporaQuerySchema }) query: CorporaQuery) {
    return corporaView(await this.overview.of(actor, query.owner));
  }

  @Get(':corpus/search')
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'Search one corpus: verbatim snippets, best first, each with its source.' })
  async search(
    @CurrentActor() actor: Actor,
    @Param({ schema: corpusParamsSchema }) params: CorpusParams,
    @Query({ schema: searchQuerySchema }) query: SearchParameters,
  ) {
    return searchView(await this.corpora.search(actor, corpusSearchOf(params, query)), query.explain);
  }

  @Delete(':corpus/documents/:id')
  @HttpCode(204)
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Delete one document for good.' })
  async delete(
    @CurrentActor() actor: Actor,
    @Param({ schema: documentParamsSchema }) params: DocumentParams,
    @Query({ schema: corporaQuerySchema }) query: CorporaQuery,
  ): Promise<void> {
    await this.corpora.delete(actor, params.corpus, params.id, query.owner);
  }
}
