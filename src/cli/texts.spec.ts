import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { placeOf, readParts, readText } from './texts.js';

const LIMITS = { parts: 10, partChars: 100, partsChars: 1_000, bytes: 10_000 };
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mcg-texts-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(root, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

it('cuts a long file into parts that are the file again, each within the limit', async () => {
  const piece = fc.constantFrom('word ', 'A sentence. ', '\n\n', '\n', 'x'.repeat(130), '🙂', '水');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 60 }), async (pieces) => {
      const text = `a${pieces.join('')}`;
      const path = await fileOf('long.md', text);
      const { parts, leftOut } = await readParts([path], {
        ...LIMITS,
        parts: 1_000,
        partsChars: 1e6,
        bytes: 1e6,
      });
      expect(leftOut).toEqual([]);
      for (const { start, text: part } of parts) {
        expect(text.slice(start, start + part.length)).toBe(part);
        expect(part.length).toBeLessThanOrEqual(LIMITS.partChars);
        expect(part.isWellFormed()).toBe(true);
      }
      // Only blanks may be missing.
      expect(
        parts
          .map((part) => part.text)
          .join('')
          .replace(/\s/g, ''),
      ).toBe(text.replace(/\s/g, ''));
    }),
    { numRuns: 60 },
  );
});

it('cuts no character in half', async () => {
  const path = await fileOf('faces.md', `a${'🙂'.repeat(100)}`);
  const { parts } = await readParts([path], LIMITS);
  expect(parts.map(({ start }) => start)).toEqual([0, 99, 199]);
});

it('cuts after a paragraph where there is one', async () => {
  const path = await fileOf('two.md', `${'a'.repeat(60)}\n\n${'b '.repeat(30)}`);
  const { parts } = await readParts([path], LIMITS);
  expect(parts.map(({ start }) => start)).toEqual([0, 62]);
});

it.each([
  ['parts', { parts: 2 }],
  ['characters', { partsChars: 250 }],
  ['bytes', { bytes: 230 }],
])('stops at the limit of %s, and says where', async (_what, limit) => {
  const path = await fileOf('much.txt', `${`${'word '.repeat(19)}end\n`.repeat(5)}`);
  const { parts, leftOut } = await readParts([path, path, path], { ...LIMITS, ...limit });
  expect(parts).toHaveLength(2);
  expect(leftOut).toEqual([`${path} from 3:1 on: no more fits`, '2 more files: no more fits']);
});

it('reads the Markdown and text files of a folder, in order, and nothing hidden', async () => {
  const folder = join(root, 'folder');
  await fileOf('folder/b.txt', 'B.');
  await fileOf('folder/a/c.MD', 'C.');
  await fileOf('folder/photo.jpg', 'x');
  await fileOf('folder/.git/notes.md', 'Hidden.');
  await fileOf('folder/latin.md', Buffer.from('caf\xe9', 'latin1'));
  const { parts, leftOut } = await readParts([folder], LIMITS);
  expect(parts.map(({ of }) => of.name)).toEqual([join(folder, 'a/c.MD'), join(folder, 'b.txt')]);
  expect(leftOut).toEqual([
    `${folder}: 1 file that is neither .md nor .txt`,
    `${join(folder, 'latin.md')} is no text in UTF-8.`,
  ]);
});

it.each([
  ['a folder', '.', 'cli.not_a_file'],
  ['nothing there', 'none.md', 'cli.no_such_path'],
  ['blank', 'blank.md', 'cli.empty_text'],
  ['no text', 'latin.md', 'cli.not_a_text'],
  ['too long', 'long.txt', 'cli.text_too_long'],
  ['far too long', 'huge.txt', 'cli.text_too_long'],
])('refuses what is %s', async (_what, name, code) => {
  await fileOf('blank.md', ' \n');
  await fileOf('latin.md', Buffer.from('caf\xe9', 'latin1'));
  await fileOf('long.txt', 'a'.repeat(11));
  await fileOf('huge.txt', Buffer.alloc(10 * 1024 ** 2 + 1, 'a'));
  await expect(readText(join(root, name), 10)).rejects.toMatchObject({ code, kind: 'invalid' });
});

it('refuses a folder without texts', async () => {
  await fileOf('pictures/a.png', 'x');
  await expect(readParts([join(root, 'pictures')], LIMITS)).rejects.toMatchObject({ code: 'cli.no_texts' });
});

it('counts lines and columns from 1', () => {
  const text = 'ab\ncd\n\ne';
  expect([0, 1, 3, 4, 6, 7].map((offset) => placeOf(text, offset))).toEqual([
    '1:1',
    '1:2',
    '2:1',
    '2:2',
    '3:1',
    '4:1',
  ]);
});
