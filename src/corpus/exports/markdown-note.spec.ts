import fc from 'fast-check';
import type { ExportedDocument } from './document-record.js';
import { noteNameOf, noteOf } from './markdown-note.js';

function exported(title: string | null, text: string, source = 'chatgpt'): ExportedDocument {
  const document = {
    externalId: 'a:1',
    threadId: 'a',
    authorRole: 'self',
    title,
    text,
    url: null,
    createdAt: '2024-03-05T10:20:30.000Z',
    tags: ['late frost', '2024'],
    attachments: [],
    userTags: ['mine/garden'],
  } as const;
  return { id: 12, corpus: 'personal', source, document };
}

describe('noteOf', () => {
  it('is front matter and the text as it is', () => {
    expect(noteOf(exported('On "pears"\n---', 'Frost.\r\n---\n'))).toBe(
      [
        '---',
        'mcg:',
        '  document: 1',
        '  corpus: personal',
        '  source: "chatgpt"',
        '  external_id: "a:1"',
        '  thread_id: "a"',
        '  author_role: "self"',
        '  timestamp: "2024-03-05T10:20:30.000Z"',
        '  tags: ["late frost","2024"]',
        '  user_tags: ["mine/garden"]',
        'title: "On \\"pears\\"\\n---"',
        'date: 2024-03-05',
        'tags: ["late-frost","mine/garden"]',
        '---',
        'Frost.\r\n---\n',
      ].join('\n'),
    );
  });

  it('writes no sign that YAML of old takes for the end of a line', () => {
    const front = noteOf(exported('a\u2028b\u0085c\ufeffd\u007f', ''));
    expect(front).toContain(String.raw`title: "a\u2028b\u0085c\ufeffd\u007f"`);
  });
});

describe('noteNameOf', () => {
  it('names a file by source, month, day and title, or by its first words', () => {
    expect(noteNameOf(exported('On pears: late/frost?', 'x'))).toBe(
      'chatgpt/2024-03/2024-03-05 On pears late frost-12.md',
    );
    expect(noteNameOf(exported(null, '# Früher Frost\n…'))).toBe(
      'chatgpt/2024-03/2024-03-05 Früher Frost-12.md',
    );
    const { document } = exported('..', '\u202e');
    expect(
      noteNameOf({ ...exported('', ''), source: 'CON', document: { ...document, createdAt: null } }),
    ).toBe('CON-/undated/document-12.md');
  });

  it('is safe on every system, whatever the title and the source are', () => {
    const any = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(fc.option(any), any, any, (title, text, source) => {
        const parts = noteNameOf(exported(title, text, source)).split('/');
        expect(parts).toHaveLength(3);
        for (const part of parts) {
          expect(part).toMatch(/^[\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N} _.-]*$/u);
          expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[. ]$/i);
          expect(Buffer.byteLength(part)).toBeLessThan(200);
        }
      }),
    );
  });
});
