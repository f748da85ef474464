import type { ImportedDocument } from '../../documents/imported-document.js';
import { isoTimeOf } from '../import-time.js';
import type { ImportEvent } from '../importer.port.js';
import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';

const MAX_LABEL_CHARS = 100;

/** A project: what the owner says of it and asks in it, and the documents they put there. */
export function* projectEvents(project: JsonRecord, position: string): Generator<ImportEvent> {
  const uuid = stringOf(project['uuid']);
  if (uuid === null) {
    yield { kind: 'skipped', position, reason: 'not a project: it has no id ("uuid")', isFault: true };
    return;
  }
  if (project['is_starter_project'] === true) {
    yield { kind: 'skipped', position, reason: 'sample project of the service' };
    return;
  }
  const id = `project:${storedText(uuid).slice(0, MAX_LABEL_CHARS)}`;
  const base: ImportedDocument = {
    externalId: id,
    threadId: id,
    authorRole: 'self',
    title: storedTitle(stringOf(project['name'])),
    text: '',
    url: null,
    createdAt: isoTimeOf(project['created_at']),
    tags: [id],
    attachments: [],
  };
  yield* ownTexts(project, base);
  yield* attachedFiles(listOf(project['docs']), base, position);
}

/** What the owner wrote of the project and for it. */
function* ownTexts(project: JsonRecord, base: ImportedDocument): Generator<ImportEvent> {
  const id = base.externalId;
  const texts = [
    { part: 'description', value: project['description'], authorRole: 'self', tags: [id] },
    {
      part: 'instructions',
      value: project['prompt_template'],
      authorRole: 'system',
      tags: [id, 'custom-instructions'],
    },
  ] as const;
  for (const { part, value, authorRole, tags } of texts) {
    const text = storedText(stringOf(value) ?? '');
    if (text.trim() !== '')
      yield { kind: 'document', document: { ...base, externalId: `${id}:${part}`, text, authorRole, tags } };
  }
}

function* attachedFiles(
  files: readonly unknown[],
  project: ImportedDocument,
  position: string,
): Generator<ImportEvent> {
  for (const [index, each] of files.entries()) {
    const file = recordOf(each) ?? {};
    const text = storedText(stringOf(file['content']) ?? '');
    const name = stringOf(file['filename']) ?? stringOf(file['file_name']);
    if (text.trim() === '') {
      yield {
        kind: 'skipped',
        position: `${position} file ${index}`,
        reason: 'file of a project without its text',
      };
      continue;
    }
    const fileId = storedText(stringOf(file['uuid']) ?? name ?? String(index));
    yield {
      kind: 'document',
      document: {
        ...project,
        externalId: `${project.externalId}:${fileId}`,
        authorRole: 'other',
        title: storedTitle(name) ?? project.title,
        text,
        createdAt: isoTimeOf(file['created_at']) ?? project.createdAt,
        tags: [...project.tags, 'attachment'],
      },
    };
  }
}

/** What Claude keeps in mind about the person and about each project, in its own words. */
export function* memoryEvents(memory: JsonRecord, position: string): Generator<ImportEvent> {
  const remembered: (readonly [id: string, text: unknown])[] = [
    ['memory', memory['conversations_memory']],
    ...Object.entries(recordOf(memory['project_memories']) ?? {}).map(
      ([uuid, text]) => [`project:${storedText(uuid).slice(0, MAX_LABEL_CHARS)}`, text] as const,
    ),
  ];
  for (const [id, value] of remembered) {
    const text = storedText(stringOf(value) ?? '');
    if (text.trim() === '') {
      yield { kind: 'skipped', position, reason: 'empty memory' };
      continue;
    }
    const isProject = id !== 'memory';
    const document: ImportedDocument = {
      externalId: isProject ? `${id}:memory` : id,
      threadId: isProject ? id : null,
      authorRole: 'assistant',
      title: 'Memory',
      text,
      url: null,
      createdAt: null,
      tags: isProject ? ['memory', id] : ['memory'],
      attachments: [],
    };
    yield { kind: 'document', document };
  }
}
