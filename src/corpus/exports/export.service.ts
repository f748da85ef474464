import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { OwnerPolicy } from '../../auth/index.js';
import { type Actor, Clock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import type { NamedCorpus } from '../documents/documents.service.js';
import type { DocumentFilter } from '../documents/listed-document.js';
import type { ExportedDocument } from './document-record.js';
import { type ExportFormat, FORMAT_WRITERS } from './export-format.js';
import { ExportedDocuments } from './exported-documents.repository.js';

/** An export on its way. */
export interface CorpusExport {
  readonly fileName: string;
  readonly mediaType: string;
  /** Fails where the database does: what came until then is no whole export. */
  readonly content: Readable;
}

/** Writes corpora out, in forms that can be imported again. */
@Injectable()
export class ExportService {
  constructor(
    private readonly owners: OwnerPolicy,
    private readonly documents: ExportedDocuments,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Begins to read: faults of the first documents are thrown here, later ones break the stream. */
  async begin(
    actor: Actor,
    { corpus, owner }: NamedCorpus,
    filter: DocumentFilter,
    format: ExportFormat,
  ): Promise<CorpusExport> {
    const ownerId = await this.owners.resolve(actor, owner);
    const groups = this.documents.groups({ ownerId, corpus }, filter);
    const first = await groups.next();
    const used = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    await this.audit.append({
      actor: actor.userId,
      action: 'corpus.export',
      resource: `corpora/${corpus}`,
      outcome: 'allowed',
      details: { owner: ownerId, corpus, format, filter: used },
    });
    const { bytes, mediaType, ending } = FORMAT_WRITERS[format];
    const name = `mcg-${corpus}`;
    const counted = this.counted(first, groups, { corpus, format });
    return {
      fileName: `${name}-${this.clock.now().toISOString().slice(0, 10)}.${ending}`,
      mediaType,
      content: Readable.from(bytes(counted, name), { objectMode: false }),
    };
  }

  /** The groups again, told to the log when they end, however that is. */
  private async *counted(
    first: IteratorResult<readonly ExportedDocument[]>,
    rest: AsyncGenerator<readonly ExportedDocument[]>,
    facts: Readonly<Record<string, string>>,
  ): AsyncGenerator<readonly ExportedDocument[]> {
    let documents = 0;
    let isWhole = false;
    try {
      for (let next = first; next.done !== true; next = await rest.next()) {
        yield next.value;
        documents += next.value.length;
      }
      isWhole = true;
    } finally {
      await rest.return(undefined);
      this.log.info('corpus.export_ended', { ...facts, documents, is_whole: isWhole });
    }
  }
}
