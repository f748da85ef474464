import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentActor, Scopes } from '../../auth/index.js';
import type { Actor } from '../../shared/index.js';
import { type CorporaQuery, corporaQuerySchema } from '../corpora.schema.js';
import {
  type DeleteCorpusQuery,
  type DeleteDocumentsQuery,
  type DocumentIdParams,
  type DocumentsQuery,
  deleteCorpusQuery,
  deleteDocumentsQuery,
  documentFilterOf,
  documentParams,
  documentsQuery,
  documentsView,
  documentView,
  type OwnedCorpusParams,
  ownedCorpusParams,
  type TagsBody,
  tagsBody,
} from './documents.schema.js';
import { DocumentsService } from './documents.service.js';

/** The documents of a corpus: `GET`, `POST …/tags` and `DELETE` below `/corpora/:corpus`. */
@ApiTags('corpora')
@ApiBearerAuth()
@Controller('corpora/:corpus')
export class DocumentsController {
  constructor(private readonly documents: DocumentsService) {}

  @Get('documents')
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'What a corpus holds, newest first, a page at a time.' })
  async list(
    @CurrentActor() actor: Actor,
    @Param({ schema: ownedCorpusParams }) params: OwnedCorpusParams,
    @Query({ schema: documentsQuery }) query: DocumentsQuery,
  ) {
    const { owner, limit, cursor } = query;
    const page = { filter: documentFilterOf(query), after: cursor ?? null, limit };
    return documentsView(await this.documents.list(actor, { ...params, owner }, page));
  }

  @Get('documents/:id')
  @Scopes('corpora:read')
  @ApiOperation({ summary: 'One document, whole, with its neighbours in its thread.' })
  async show(
    @CurrentActor() actor: Actor,
    @Param({ schema: documentParams }) { corpus, id }: DocumentIdParams,
    @Query({ schema: corporaQuerySchema }) { owner }: CorporaQuery,
  ) {
    return documentView(await this.documents.show(actor, { corpus, owner }, id));
  }

  @Post('documents/:id/tags')
  @HttpCode(200)
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Give a document tags of your own, or take them away.' })
  async tag(
    @CurrentActor() actor: Actor,
    @Param({ schema: documentParams }) { corpus, id }: DocumentIdParams,
    @Query({ schema: corporaQuerySchema }) { owner }: CorporaQuery,
    @Body({ schema: tagsBody }) body: TagsBody,
  ) {
    const userTags = await this.documents.tag(actor, { corpus, owner }, id, body);
    return { document_id: String(id), user_tags: userTags };
  }

  @Delete('documents')
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Delete all documents that match, for good; `confirm` names their number.' })
  async deleteMatching(
    @CurrentActor() actor: Actor,
    @Param({ schema: ownedCorpusParams }) params: OwnedCorpusParams,
    @Query({ schema: deleteDocumentsQuery }) query: DeleteDocumentsQuery,
  ) {
    const named = { ...params, owner: query.owner };
    const filter = documentFilterOf(query);
    return { deleted: await this.documents.deleteMatching(actor, named, filter, query.confirm) };
  }

  @Delete()
  @Scopes('corpora:write')
  @ApiOperation({ summary: 'Delete a whole corpus for good; `confirm` names the number of its documents.' })
  async deleteCorpus(
    @CurrentActor() actor: Actor,
    @Param({ schema: ownedCorpusParams }) params: OwnedCorpusParams,
    @Query({ schema: deleteCorpusQuery }) { owner, confirm }: DeleteCorpusQuery,
  ) {
    return { deleted: await this.documents.deleteMatching(actor, { ...params, owner }, {}, confirm) };
  }
}
