import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeZip } from '../../../../test/fixtures/chatgpt-export.fixture.js';
import { readExport } from '../../../../test/support/read-export.js';
import { AppError } from '../../../shared/index.js';
import { ExportFiles } from '../files/export-files.js';
import { ClaudeImporter } from './claude.importer.js';

const ROOT = '00000000-0000-4000-8000-000000000000';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'claude-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(content: unknown, name = 'conversations.json'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const read = async (content: unknown, name?: string) =>
  readExport(new ClaudeImporter(), await file(content, name));

interface Message {
  readonly uuid: string;
  readonly parent_message_uuid?: string;
  readonly sender?: string;
  readonly created_at?: string;
  readonly [key: string]: unknown;
}

function conversation(chat_messages: readonly Message[], extra: object = {}) {
  const created_at = '2024-03-01T08:00:00.123456Z';
  const messages = chat_messages.map((each) => ({ sender: 'human', created_at, ...each }));
  return { uuid: 'c', name: 'Pruning', created_at, chat_messages: messages, ...extra };
}

const text = (words: string) => [{ type: 'text', text: words }];

describe('ClaudeImporter: a message', () => {
  it('keeps its words, role, time, place and the one before it', async () => {
    const { documents, skipped, notes } = await read([
      conversation([
        { uuid: 'q', content: text('How do I prune a pear?'), text: 'a fallback' },
        {
          uuid: 'a',
          sender: 'assistant',
          content: text('In winter.'),
          created_at: '2024-03-01T10:00:00+01:00',
        },
      ]),
    ]);
    expect(documents).toEqual([
      {
        externalId: 'c:q',
        threadId: 'c',
        authorRole: 'self',
        title: 'Pruning',
        text: 'How do I prune a pear?',
        url: null,
        createdAt: '2024-03-01T08:00:00.123Z',
        tags: [],
        attachments: [],
      },
      expect.objectContaining({
        externalId: 'c:a',
        authorRole: 'assistant',
        createdAt: '2024-03-01T09:00:00.000Z',
        replyTo: 'c:q',
      }),
    ]);
    expect([skipped, notes]).toEqual([[], []]);
  });

  it('of an old export has its words in "text"', async () => {
    const { documents } = await read([conversation([{ uuid: 'q', text: 'Old words.' }])]);
    expect(documents[0]?.text).toBe('Old words.');
  });

  it('leaves reasoning out, and keeps what tools were told and answered apart from the answer', async () => {
    const { documents, notes } = await read([
      conversation(
        [
          {
            uuid: 'a',
            sender: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Hmm, secretly.' },
              { type: 'text', text: 'Here it is.' },
              {
                type: 'tool_use',
                name: 'artifacts',
                input: { id: 'x', title: 'A plan', content: 'Cut, wait, cut.' },
              },
              { type: 'tool_use', name: 'web_search', input: { query: 'pears' } },
              { type: 'tool_result', name: 'web_search', content: [{ type: 'text', text: 'Found pears.' }] },
              { type: 'text', text: 'Enjoy.' },
            ],
          },
        ],
        { model: 'claude-3-opus', project: { uuid: 'p' } },
      ),
    ]);
    expect(
      documents.map(({ externalId, authorRole, text: words, tags }) => [externalId, authorRole, words, tags]),
    ).toEqual([
      ['c:a', 'assistant', 'Here it is.\n\nEnjoy.', ['project:p', 'model:claude-3-opus']],
      [
        'c:a:use-2',
        'assistant',
        'Cut, wait, cut.',
        ['project:p', 'model:claude-3-opus', 'artifact', 'tool:artifacts'],
      ],
      [
        'c:a:use-3',
        'assistant',
        'pears',
        ['project:p', 'model:claude-3-opus', 'internal', 'tool:web_search'],
      ],
      [
        'c:a:result-4',
        'tool',
        'Found pears.',
        ['project:p', 'model:claude-3-opus', 'internal', 'tool:web_search'],
      ],
    ]);
    expect(documents[1]).toMatchObject({ title: 'A plan', replyTo: 'c:a' });
    expect(notes.map(({ reason }) => reason)).toEqual(['reasoning of the model was left out']);
    expect(JSON.stringify(documents)).not.toContain('secretly');
  });

  it('names what was attached, and keeps texts of attachments as words of nobody known', async () => {
    const attachments = [
      { file_name: 'notes.txt', extracted_content: 'Someone wrote this.' },
      { file_name: '', extracted_content: 'Pasted.' },
    ];
    const { documents } = await read([
      conversation([{ uuid: 'q', content: text('Read.'), attachments, files: [{ file_name: 'tree.jpg' }] }]),
    ]);
    expect(documents[0]?.attachments).toEqual(['file: notes.txt', 'file: pasted text', 'image: tree.jpg']);
    expect(
      documents.slice(1).map(({ authorRole, tags, title, text: words }) => [authorRole, tags, title, words]),
    ).toEqual([
      ['other', ['attachment'], 'notes.txt', 'Someone wrote this.'],
      ['other', ['attachment'], 'Pruning', 'Pasted.'],
    ]);
  });

  it.each([
    [{ content: [] }, 'empty message'],
    [{ content: [{ type: 'thinking', thinking: 'hm' }] }, 'reasoning of the model'],
    [{ content: [], files: [{ file_name: 'a.png' }] }, 'no text, only attachments'],
    [
      { content: [], attachments: [{ extracted_content: 'x' }] },
      'message without words of its own: what it carries was kept',
    ],
  ])('%j is skipped, and why', async (message, reason) => {
    const { skipped } = await read([conversation([{ uuid: 'm', ...message }])]);
    expect(skipped.map((each) => each.reason)).toEqual([reason]);
  });
});

describe('ClaudeImporter: branches', () => {
  const at = (minute: number) => `2024-03-01T08:0${minute}:00Z`;
  const branched: Message[] = [
    { uuid: 'q1', parent_message_uuid: ROOT, content: text('first'), created_at: at(1) },
    { uuid: 'a1', parent_message_uuid: 'q1', content: text('answer'), created_at: at(2) },
    { uuid: 'q2', parent_message_uuid: ROOT, content: text('edited'), created_at: at(3) },
    { uuid: 'a2', parent_message_uuid: 'q2', content: text('better'), created_at: at(4) },
  ];
  const textsOf = (result: Awaited<ReturnType<typeof read>>) => result.documents.map((each) => each.text);

  it('keeps the one that the conversation stands at, and counts what is abandoned', async () => {
    const result = await read([conversation(branched, { current_leaf_message_uuid: 'a1' })]);
    expect(textsOf(result)).toEqual(['first', 'answer']);
    expect(result.skipped.map(({ reason, count }) => [reason, count])).toEqual([
      ['on a branch that was not kept', 2],
    ]);
    expect(result.notes).toEqual([]);
  });

  it('keeps the newest where the export names none, and says that it guessed', async () => {
    const result = await read([conversation(branched)]);
    expect(textsOf(result)).toEqual(['edited', 'better']);
    expect(result.notes.map(({ reason }) => reason)).toEqual([expect.stringMatching(/newest/)]);
  });

  it('takes a tree of one branch without a guess, survives circles, and tells a missing parent', async () => {
    expect((await read([conversation(branched.slice(0, 2))])).notes).toEqual([]);
    const circle = branched
      .slice(0, 2)
      .map((each, index) => ({ ...each, parent_message_uuid: index === 0 ? 'a1' : 'q1' }));
    expect((await read([conversation(circle)])).documents).toHaveLength(2);
    const lost = [{ ...branched[1]!, parent_message_uuid: 'gone' }];
    expect((await read([conversation(lost)])).notes.map(({ reason }) => reason)).toEqual([
      'a parent message is missing',
    ]);
  });

  it('takes a message once that stands there twice', async () => {
    const result = await read([conversation([branched[0]!, branched[0]!])]);
    expect(result.documents).toHaveLength(1);
    expect(result.skipped.map(({ reason }) => reason)).toEqual(['same message twice']);
  });
});

describe('ClaudeImporter: an export', () => {
  it('is read whole: conversations, projects and memories, and nothing of the account', async () => {
    const project = {
      uuid: 'p',
      name: 'Orchard',
      description: 'All about trees.',
      is_private: true,
      prompt_template: 'Answer briefly.',
      docs: [{ uuid: 'd', filename: 'soil.md', content: 'Loam.' }, { filename: 'named only.md' }],
    };
    const path = await writeZip(join(folder, 'export.zip'), {
      'conversations.json': JSON.stringify([conversation([{ uuid: 'q', text: 'Hello.' }])]),
      'projects.json': JSON.stringify([
        project,
        { uuid: 's', is_starter_project: true, docs: [], is_private: true },
      ]),
      'memories.json': JSON.stringify([
        { conversations_memory: 'Likes pears.', project_memories: { p: 'Soil is loam.' } },
      ]),
      'users.json': '[{"uuid":"u","full_name":"Ann","email_address":"ann@example.org"}]',
    });
    const { documents, skipped } = await readExport(new ClaudeImporter(), path);
    expect(
      documents.map(({ externalId, authorRole, text: words }) => [externalId, authorRole, words]),
    ).toEqual([
      ['c:q', 'self', 'Hello.'],
      ['memory', 'assistant', 'Likes pears.'],
      ['project:p:memory', 'assistant', 'Soil is loam.'],
      ['project:p:description', 'self', 'All about trees.'],
      ['project:p:instructions', 'system', 'Answer briefly.'],
      ['project:p:d', 'other', 'Loam.'],
    ]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'file of a project without its text',
      'sample project of the service',
    ]);
  });

  it('with a broken conversation gives the others, and where it broke', async () => {
    const broken = JSON.stringify(conversation([{ uuid: 'x', text: 'x' }])).replace('"sender":', '"sender" ');
    const whole = JSON.stringify(conversation([{ uuid: 'q', text: 'Hello.' }]));
    const { documents, skipped } = await read(`\uFEFF[${broken},\r\n${whole},{"uuid":"n"},`);
    expect(documents.map(({ externalId }) => externalId)).toEqual(['c:q']);
    expect(skipped.map(({ position, reason, isFault }) => [position, reason, isFault])).toEqual([
      ['conversations.json[0]', 'conversation is not valid JSON', true],
      ['conversations.json[2]', 'not a conversation: it has no messages ("chat_messages")', true],
      ['conversations.json[3]', 'the file ends too early: export or download it again', true],
    ]);
  });

  it('mends what no database holds', async () => {
    const { documents } = await read([conversation([{ uuid: 'q', text: 'a\u0000b \ud83d\r\nc' }])]);
    expect(documents[0]?.text).toBe('ab \ufffd\nc');
  });

  it('of any contents ends, and throws nothing but a fault with a name', async () => {
    const keys = fc.constantFrom(
      'uuid',
      'sender',
      'content',
      'text',
      'type',
      'input',
      'parent_message_uuid',
      'created_at',
      'attachments',
      'files',
      'name',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.constantFrom('m', 'text', 'tool_use', 'human', null, 7),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
      ),
    })).any;
    const path = join(folder, 'any.json');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ uuid: value, chat_messages: fc.array(value), name: value })),
        async (records) => {
          await writeFile(path, JSON.stringify(records));
          const result = await readExport(new ClaudeImporter(), path).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toBeInstanceOf(AppError);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('nested without end does not end the process', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { skipped } = await read(`[{"uuid":"c","chat_messages":[{"uuid":"m","content":${deep}}]}]`);
    expect(skipped).toHaveLength(1);
  });

  it('that is none is refused', async () => {
    await expect(read('[]')).rejects.toMatchObject({ code: 'corpus.unrecognised_import' });
    const files = await ExportFiles.open({ path: await file('[{"mapping":{}}]'), uploadedName: null });
    expect(await new ClaudeImporter().detect(files)).toBe(false);
  });
});
