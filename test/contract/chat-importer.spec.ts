import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ChatGptImporter } from '../../src/corpus/importers/chatgpt/chatgpt.importer.js';
import { ClaudeImporter } from '../../src/corpus/importers/claude/claude.importer.js';
import { ExportFiles } from '../../src/corpus/importers/files/export-files.js';
import { GeminiImporter } from '../../src/corpus/importers/gemini/gemini.importer.js';
import type { Importer } from '../../src/corpus/importers/importer.port.js';
import { LetterImporter } from '../../src/corpus/importers/mail/letter.importer.js';
import { MailboxImporter } from '../../src/corpus/importers/mail/mailbox.importer.js';
import { exchange, writeZip } from '../fixtures/chatgpt-export.fixture.js';
import { letter, mbox } from '../fixtures/mail.fixture.js';
import { describeImporter } from './importer.contract.js';

const folders: string[] = [];
const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-importer-contract-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

type Write = (folder: string) => Promise<string>;

const CHATGPT = JSON.stringify([exchange('a'), exchange('b')]);
const CLAUDE = JSON.stringify([
  {
    uuid: 'c',
    name: 'Pears',
    chat_messages: [
      { uuid: 'q', sender: 'human', text: 'Why?', created_at: '2024-01-01T00:00:00Z' },
      { uuid: 'a', sender: 'assistant', text: 'Because.\u0000', created_at: '2024-01-01T00:00:01Z' },
    ],
  },
]);
const GEMINI = JSON.stringify([
  {
    header: 'Gemini Apps',
    title: 'Prompted Why?',
    time: '2024-01-01T00:00:00Z',
    products: ['Gemini Apps'],
    safeHtmlItem: [{ html: '<p>Because.</p>' }],
  },
]);
const CELL =
  '<div class="outer-cell"><div class="header-cell"><p>Gemini Apps</p></div><div class="content-cell body">Prompted Why?<br>Jan 1, 2024, 1:00:00 AM UTC<br><p>Because.</p></div></div>';
const GEMINI_PAGE = `<!DOCTYPE html><html><body>${CELL}</body></html>`;
const MBOX = mbox([{ id: 'a' }, { id: 'b', body: 'Other.\u0000' }]);

const file =
  (name: string, content: string | Buffer): Write =>
  async (folder) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
const zip =
  (files: Readonly<Record<string, string | Buffer>>): Write =>
  (folder) =>
    writeZip(join(folder, 'export.zip'), files);
const letters: Write = async (folder) => {
  await file('a.eml', letter({ id: 'a' }))(folder);
  await file('inbox/b.eml', letter({ id: 'b' }))(folder);
  return folder;
};
const notes: Write = async (folder) => {
  await file('one.md', '# One\n\nFrom me: words.')(folder);
  await file('two', 'From me to you: 10:00 in 2024\nwords')(folder);
  return folder;
};

const INPUTS: Readonly<Record<string, readonly (readonly [string, Write])[]>> = {
  ChatGptImporter: [['file', file('conversations.json', CHATGPT)]],
  ClaudeImporter: [
    ['file', file('conversations.json', CLAUDE)],
    ['file of any name', file('upload', CLAUDE)],
    ['ZIP', zip({ 'conversations.json': CLAUDE, 'users.json': '[{"uuid":"u"}]' })],
  ],
  GeminiImporter: [
    ['list', file('MyActivity.json', GEMINI)],
    ['page', file('MyActivity.html', GEMINI_PAGE)],
    [
      'Takeout',
      zip({
        'Takeout/My Activity/Gemini Apps/MyActivity.json': GEMINI,
        'Takeout/archive_browser.html': '<html>',
      }),
    ],
  ],
  MailboxImporter: [
    ['mailbox', file('Inbox', MBOX)],
    ['file of any name', file('upload.bin', MBOX)],
    ['Takeout', zip({ 'Takeout/Mail/All mail.mbox': MBOX })],
  ],
  LetterImporter: [
    ['folder', letters],
    ['ZIP', zip({ 'a.eml': letter({ id: 'a' }), 'Maildir/cur/1.host:2,S': letter({ id: 'b' }) })],
  ],
};
const NONE = [
  notes,
  file('list.json', '[{"text":"words"}]'),
  file('page.html', '<html><body>Gemini</body></html>'),
  file('empty', ''),
  zip({ 'picture.png': 'x' }),
];
const IMPORTERS: readonly Importer[] = [
  new ClaudeImporter(),
  new GeminiImporter(),
  new MailboxImporter(),
  new LetterImporter(),
];

const cases = IMPORTERS.flatMap((importer) =>
  INPUTS[importer.constructor.name]!.map(([form, own]) => ({ importer, form, own })),
);

describe.each(cases)('importer: $importer.source, $form', ({ importer, own }) => {
  const foreign = Object.entries(INPUTS)
    .filter(([name]) => name !== importer.constructor.name)
    .flatMap(([, inputs]) => inputs.map(([, write]) => write));
  describeImporter(importer, emptyFolder, { own, foreign: [...foreign, ...NONE] });
});

it('no export of another service is ChatGPT’s', async () => {
  for (const [name, inputs] of Object.entries(INPUTS)) {
    for (const [, write] of inputs) {
      const files = await ExportFiles.open({ path: await write(emptyFolder()), uploadedName: null });
      expect(await new ChatGptImporter().detect(files)).toBe(name === 'ChatGptImporter');
      files.close();
    }
  }
});
