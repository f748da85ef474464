import type { ImportedDocument } from '../../documents/imported-document.js';
import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';
import { storedText, storedTitle } from '../stored-text.js';

/** Of a tool's answer, lists within lists are read this deep. */
const MAX_DEPTH = 4;
const MAX_LABEL_CHARS = 100;
/** Tools by which the assistant writes a text for the person, as against asking or looking something up. */
const WRITING_TOOL = /artifact|create_file|str_replace/i;
const WORDLESS_ARGUMENTS = new Set([
  'id',
  'type',
  'command',
  'language',
  'version_uuid',
  'title',
  'path',
  'old_str',
]);

/** What a message says, and what its tools were told and answered. */
export interface MessageBlocks {
  readonly text: string;
  readonly hasReasoning: boolean;
  /** A document for each use of a tool and each answer of one; `message` is what they belong to. */
  readonly toolTexts: (message: ImportedDocument) => readonly ImportedDocument[];
}

/** Reads the blocks of a message; exports before blocks have the text alone. */
export function readBlocks(message: JsonRecord): MessageBlocks {
  const blocks = listOf(message['content'])
    .map((block) => recordOf(block))
    .filter((block) => block !== null);
  const texts = blocks
    .filter((block) => typeOf(block) === 'text')
    .map((block) => stringOf(block['text']) ?? '');
  const fromBlocks = texts.filter((text) => text.trim() !== '').join('\n\n');
  const plain = stringOf(message['content']) ?? '';
  const isOld = blocks.length === 0;
  return {
    text: storedText(fromBlocks !== '' ? fromBlocks : isOld ? (stringOf(message['text']) ?? plain) : ''),
    hasReasoning: blocks.some((block) => /thinking/.test(typeOf(block))),
    toolTexts: (base) => blocks.flatMap((block, index) => toolDocument(block, index, base)),
  };
}

function toolDocument(block: JsonRecord, index: number, message: ImportedDocument): ImportedDocument[] {
  const type = typeOf(block);
  if (!/tool_(?:use|result)/.test(type)) return [];
  const isUse = type.endsWith('use');
  const name = storedText(stringOf(block['name']) ?? 'tool').slice(0, MAX_LABEL_CHARS);
  const input = recordOf(block['input']);
  const text = storedText(
    isUse ? argumentTexts(input ?? {}).join('\n') : answerText(block['content'], 0).join('\n'),
  );
  if (text.trim() === '') return [];
  const isWriting = isUse && WRITING_TOOL.test(name);
  return [
    {
      externalId: `${message.externalId}:${isUse ? 'use' : 'result'}-${index}`,
      threadId: message.threadId,
      authorRole: isUse ? 'assistant' : 'tool',
      title: storedTitle(stringOf(input?.['title'])) ?? message.title,
      text,
      url: null,
      createdAt: message.createdAt,
      tags: [...message.tags, isWriting ? 'artifact' : 'internal', `tool:${name}`],
      attachments: [],
      replyTo: message.text.trim() === '' ? (message.replyTo ?? message.externalId) : message.externalId,
      ...(isUse ? {} : { authorName: name }),
    },
  ];
}

/** What stands in the arguments as words; ids, kinds and switches are none, and a title is kept as title. */
function argumentTexts(input: JsonRecord): string[] {
  return Object.entries(input).flatMap(([key, value]) =>
    typeof value === 'string' && value !== '' && !WORDLESS_ARGUMENTS.has(key) ? [value] : [],
  );
}

function answerText(content: unknown, depth: number): string[] {
  if (typeof content === 'string') return [content];
  if (depth >= MAX_DEPTH) return [];
  if (Array.isArray(content)) return content.flatMap((each) => answerText(each, depth + 1));
  const record = recordOf(content);
  if (record === null) return [];
  const own = ['title', 'text', 'url'].map((key) => stringOf(record[key])).filter((text) => text !== null);
  return own.length > 0 ? own : answerText(record['content'], depth + 1);
}

function typeOf(block: JsonRecord): string {
  return stringOf(block['type']) ?? '';
}
