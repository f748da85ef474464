import { conversation, type FixtureMessage } from '../../../../test/fixtures/chatgpt-export.fixture.js';
import { Conversation } from './chatgpt-conversation.js';
import { documentsOf } from './chatgpt-documents.js';

function read(messages: readonly FixtureMessage[], extra: object = {}) {
  const bytes = Buffer.from(JSON.stringify(conversation('c', messages, extra)));
  const events = [...documentsOf(Conversation.parse(bytes), 'here')];
  return {
    documents: events.flatMap((event) => (event.kind === 'document' ? [event.document] : [])),
    skipped: events.flatMap((event) => (event.kind === 'skipped' ? [[event.reason, event.count ?? 1]] : [])),
    notes: events.flatMap((event) => (event.kind === 'noted' ? [event.reason] : [])),
  };
}

const textsOf = (result: ReturnType<typeof read>) => result.documents.map((document) => document.text);
const one = (content: unknown, extra: Partial<FixtureMessage> = {}) =>
  read([{ id: 'm', parent: null, content, ...extra }]);

describe('documentsOf: the branch', () => {
  const branched = [
    { id: 'q1', parent: 'c-root', text: 'first wording', createTime: 1 },
    { id: 'a1', parent: 'q1', role: 'assistant', text: 'first answer', createTime: 9 },
    { id: 'q2', parent: 'c-root', text: 'second wording', createTime: 3 },
    { id: 'a2', parent: 'q2', role: 'assistant', text: 'second answer', createTime: 4 },
  ];

  it('is the one the person kept, in order, and the others are counted', () => {
    const result = read(branched, { current_node: 'a2' });
    expect(textsOf(result)).toEqual(['second wording', 'second answer']);
    expect(result.skipped).toEqual([['on a branch that was not kept', 2]]);
    expect(result.notes).toEqual([]);
  });

  it.each([[undefined], ['gone'], ['__proto__'], [7]])(
    'ends at the newest leaf where current_node is %p',
    (current) => {
      const result = read(branched, { current_node: current });
      expect(textsOf(result)).toEqual(['first wording', 'first answer']);
      expect(result.notes).toEqual([expect.stringMatching(/newest/)]);
    },
  );

  it('survives circles, with and without a current node', () => {
    const circle = [
      { id: 'x', parent: 'z', createTime: 1 },
      { id: 'y', parent: 'x', createTime: 2 },
      { id: 'z', parent: 'y', createTime: 3 },
    ];
    for (const current of ['z', undefined]) {
      const result = read(circle, { current_node: current });
      expect(result.documents.map((document) => document.externalId)).toEqual(['c:x', 'c:y', 'c:z']);
      expect(result.notes.at(-1)).toMatch(/circle/);
    }
  });

  it('keeps what stands after a missing parent', () => {
    const result = read([
      { id: 'late', parent: 'lost', text: 'late' },
      { id: 'later', parent: 'late', text: 'later' },
    ]);
    expect(textsOf(result)).toEqual(['late', 'later']);
    expect(result.notes).toEqual(['a parent message is missing']);
  });
});

describe('documentsOf: a message', () => {
  it('keeps ids, thread, title, role and time', () => {
    const { documents } = read([
      { id: 'm', parent: null, role: 'assistant', text: 'hi', createTime: 1_700_000_000.5 },
    ]);
    expect(documents).toEqual([
      {
        externalId: 'c:m',
        threadId: 'c',
        authorRole: 'assistant',
        title: 'About c',
        text: 'hi',
        url: null,
        createdAt: '2023-11-14T22:13:20.500Z',
        tags: [],
        attachments: [],
      },
    ]);
  });

  it.each([
    ['user', 'self'],
    ['assistant', 'assistant'],
    ['system', 'system'],
    ['tool', 'tool'],
    ['critic', 'other'],
  ])('by %s is by %s', (role, authorRole) => {
    expect(one({ content_type: 'text', parts: ['x'] }, { role }).documents[0]?.authorRole).toBe(authorRole);
  });

  it('takes the time of the conversation where it has none of its own, and none from nonsense', () => {
    const time = (createTime: number | null, extra: object = {}) =>
      read([{ id: 'm', parent: null, createTime }], extra).documents[0]?.createdAt;
    expect(time(null)).toBe('2023-11-14T22:13:20.000Z');
    expect(time(9e99, { create_time: -4 })).toBeNull();
  });

  it('to a tool is tagged as internal; projects and GPTs are tagged with their ids', () => {
    const text = { content_type: 'code', text: 'search("pears")' };
    expect(one(text, { role: 'assistant', recipient: 'browser' }).documents[0]?.tags).toEqual(['internal']);
    expect(read([{ id: 'm', parent: null }], { gizmo_id: 'g-1' }).documents[0]?.tags).toEqual(['gpt:g-1']);
    const project = { gizmo_id: 'g-2', gizmo_type: 'snorlax' };
    expect(read([{ id: 'm', parent: null }], project).documents[0]?.tags).toEqual(['project:g-2']);
    const byTemplate = { conversation_template_id: 'g-p-3', gizmo_id: null };
    expect(read([{ id: 'm', parent: null }], byTemplate).documents[0]?.tags).toEqual(['project:g-p-3']);
  });

  it.each([
    [{ content_type: 'text', parts: ['one', '', 'two'] }, 'one\ntwo'],
    [{ content_type: 'code', language: 'python', text: 'print(1)' }, 'print(1)'],
    [{ content_type: 'execution_output', text: '1' }, '1'],
    [{ content_type: 'tether_quote', title: 't', text: 'quoted', url: 'https://example.org' }, 'quoted'],
    [{ content_type: 'tether_browsing_display', result: 'found', summary: 's' }, 'found'],
    [
      { content_type: 'user_editable_context', user_profile: 'I garden', user_instructions: 'Be brief' },
      'I garden\nBe brief',
    ],
    [{ content_type: 'model_editable_context', model_set_context: 'Likes pears.' }, 'Likes pears.'],
    [{ content_type: 'a_new_type', text: 'still words' }, 'still words'],
    [{ content_type: 'a_new_type', parts: ['still words'] }, 'still words'],
    ['bare words', 'bare words'],
  ])('with content %j says its text', (content, text) => {
    expect(textsOf(one(content))).toEqual([text]);
  });

  it('notes parts that are not text', () => {
    const parts = [
      { content_type: 'image_asset_pointer', asset_pointer: 'x' },
      'What is on it?',
      { content_type: 'audio_transcription', text: 'spoken words' },
      { content_type: 'audio_asset_pointer' },
    ];
    const attachments = [
      { mime_type: 'image/png' },
      { mime_type: 'application/pdf' },
      { id: 'f', name: 'orchard plan.pdf', mime_type: 'application/pdf' },
      { id: 'f', name: 'orchard plan.pdf', mime_type: 'application/pdf' },
    ];
    const { documents } = one({ content_type: 'multimodal_text', parts }, { metadata: { attachments } });
    expect(documents[0]?.text).toBe('What is on it?\nspoken words');
    expect(documents[0]?.attachments).toEqual(['image', 'audio', 'file', 'file: orchard plan.pdf']);
  });

  it('notes a picture that it points to twice once, two pictures twice, and voice mode as sound', () => {
    const image = (pointer: string) => ({ content_type: 'image_asset_pointer', asset_pointer: pointer });
    const voice = { content_type: 'real_time_user_audio_video_asset_pointer' };
    const parts = [
      'Look.',
      image('file-service://a'),
      image('file-service://a'),
      image('sediment://b'),
      voice,
    ];
    const { documents } = one({ content_type: 'multimodal_text', parts });
    expect(documents[0]?.attachments).toEqual(['image', 'image', 'audio']);
  });

  it('names the one it follows, past those that are left out', () => {
    const { documents } = read([
      { id: 'q', parent: null, text: 'Why?' },
      { id: 't', parent: 'q', role: 'assistant', content: { content_type: 'thoughts', thoughts: [] } },
      { id: 'a', parent: 't', role: 'assistant', text: 'Because.' },
    ]);
    expect(documents.map(({ externalId, replyTo }) => [externalId, replyTo])).toEqual([
      ['c:q', undefined],
      ['c:a', 'c:q'],
    ]);
  });

  it('has the same id wherever its conversation stands, and another in another conversation', () => {
    const messages = [{ id: 'm', parent: null }];
    const idIn = (conversationId: string | undefined) =>
      read(messages, { conversation_id: conversationId }).documents[0]?.externalId;
    expect([idIn('one'), idIn('two'), idIn(undefined)]).toEqual(['one:m', 'two:m', 'm']);
  });

  it('carries the model and the name of the tool', () => {
    const answer = one(
      { content_type: 'text', parts: ['x'] },
      {
        role: 'assistant',
        metadata: { model_slug: 'gpt-4o' },
      },
    );
    expect(answer.documents[0]?.tags).toEqual(['model:gpt-4o']);
    const asked = one({ content_type: 'text', parts: ['x'] }, { metadata: { model_slug: 'gpt-4o' } });
    expect(asked.documents[0]?.tags).toEqual([]);
    const page = { content_type: 'tether_quote', text: 'quoted', url: 'https://example.org/pears' };
    expect(one(page, { role: 'tool', authorName: 'browser' }).documents[0]).toMatchObject({
      authorName: 'browser',
      url: 'https://example.org/pears',
    });
  });

  it('of the custom instructions is one of the system, the same in every conversation', () => {
    const content = { content_type: 'user_editable_context', user_profile: 'I garden' };
    const hidden = { is_visually_hidden_from_conversation: true };
    const idOf = (conversationId: string) =>
      read([{ id: 'm', parent: null, content, metadata: hidden }], { conversation_id: conversationId })
        .documents;
    expect(idOf('one')).toEqual(idOf('two'));
    expect(idOf('one')[0]).toMatchObject({
      authorRole: 'system',
      text: 'I garden',
      threadId: null,
      tags: ['custom-instructions'],
    });
  });

  it('that was put into the person’s mouth out of sight is no word of theirs', () => {
    const hidden = { is_visually_hidden_from_conversation: true };
    expect(one({ content_type: 'text', parts: ['x'] }, { metadata: hidden }).documents[0]?.authorRole).toBe(
      'system',
    );
  });

  it.each([
    [{ content_type: 'text', parts: ['  \n'] }, 'empty message'],
    [{ content_type: 'text', parts: ['\u0000'] }, 'empty message'],
    [{ content_type: 'thoughts', thoughts: [{ content: 'hm' }] }, 'reasoning of the model'],
    [{ content_type: 'reasoning_recap', content: 'Thought for 4 s' }, 'reasoning of the model'],
    [{ content_type: 'a_new_type', payload: 1 }, 'unknown content type without text'],
    [
      { content_type: 'multimodal_text', parts: [{ content_type: 'image_asset_pointer' }] },
      'no text, only attachments',
    ],
  ])('with content %j is skipped, and why', (content, reason) => {
    expect(one(content)).toMatchObject({ documents: [], skipped: [[reason, 1]] });
  });

  it('of the system that was hidden is skipped; one that was seen is kept', () => {
    const hidden = { is_visually_hidden_from_conversation: true };
    const content = { content_type: 'text', parts: ['Be kind.'] };
    expect(one(content, { role: 'system', metadata: hidden }).skipped).toEqual([
      ['hidden system message', 1],
    ]);
    expect(one(content, { role: 'system' }).documents).toHaveLength(1);
  });
});
