import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AppError } from '../shared/index.js';

const READ_FROM_FOLDER = /\.(?:md|markdown|txt)$/i;
const MAX_FILE_BYTES = 10 * 1024 ** 2;
/** Where a text that is cut is cut best: after a paragraph, a line, a sentence, a word. */
const CUTS = ['\n\n', '\n', '. ', ' '];

/** A text and the name it is shown by. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A piece of a text that is sent on its own. */
export interface TextPart {
  readonly of: NamedText;
  /** Where it begins, in UTF-16 code units. */
  readonly start: number;
  readonly text: string;
}

/** How much may be sent; bytes are those of the JSON string. */
export interface PartLimits {
  readonly parts: number;
  readonly partChars: number;
  readonly partsChars: number;
  readonly bytes: number;
}

export interface ReadParts {
  readonly parts: readonly TextPart[];
  readonly bytes: number;
  /** What was not taken and why, a line each. */
  readonly leftOut: readonly string[];
}

/** Reads one text; `-` is standard input. Throws where it is no text or longer than `maxChars`. */
export async function readText(path: string, maxChars: number): Promise<NamedText> {
  const name = path === '-' ? 'stdin' : path;
  const text = decoded(name, path === '-' ? await standardInput() : await fileBytes(path));
  if (text.trim() === '') throw new AppError('cli.empty_text', 'invalid', `${name} is empty.`);
  if (text.length > maxChars)
    throw new AppError('cli.text_too_long', 'invalid', `${name} has ${text.length} characters.`, {
      hint: `At most ${maxChars} are measured at once; send it in parts.`,
    });
  return { name, text };
}

/** Reads files, and of folders the Markdown and text files in order of their names, up to the limits. */
export async function readParts(paths: readonly string[], limits: PartLimits): Promise<ReadParts> {
  const leftOut: string[] = [];
  const basket = new Basket(limits, leftOut);
  const files = await filesOf(paths, leftOut);
  for (const [at, { path, isNamed }] of files.entries()) {
    const text = isNamed ? decoded(path, await fileBytes(path)) : await textOfFolder(path, leftOut);
    if (text === null || basket.add({ name: path, text })) continue;
    const more = files.length - at - 1;
    if (more > 0) leftOut.push(`${more} more ${more === 1 ? 'file' : 'files'}: no more fits`);
    break;
  }
  if (basket.parts.length === 0)
    throw new AppError('cli.no_texts', 'invalid', `There is no text to send in ${paths.join(', ')}.`, {
      hint: 'Name a file, or a folder with files that end in .md or .txt.',
    });
  return { parts: basket.parts, bytes: basket.bytes, leftOut };
}

class Basket {
  readonly parts: TextPart[] = [];
  bytes = 0;
  private chars = 0;

  constructor(
    private readonly limits: PartLimits,
    private readonly leftOut: string[],
  ) {}

  /** Takes as much of the text as fits; says where the rest begins, and false where there is one. */
  add(of: NamedText): boolean {
    for (let start = 0; start < of.text.length; ) {
      const text = of.text.slice(start, cutOf(of.text, start, this.limits.partChars));
      if (text.trim() !== '' && !this.take({ of, start, text })) {
        const rest = start === 0 ? of.name : `${of.name} from ${placeOf(of.text, start)} on`;
        this.leftOut.push(`${rest}: no more fits`);
        return false;
      }
      start += text.length;
    }
    return true;
  }

  private take(part: TextPart): boolean {
    const bytes = jsonBytes(part.text);
    const { parts, partsChars, bytes: most } = this.limits;
    if (this.parts.length >= parts || this.chars + part.text.length > partsChars || this.bytes + bytes > most)
      return false;
    this.parts.push(part);
    this.chars += part.text.length;
    this.bytes += bytes;
    return true;
  }
}

/** Length of a text as a JSON string, in bytes. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

/** Line and column of an offset, from 1; columns count UTF-16 code units, as editors do. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${line}:${offset - before.lastIndexOf('\n')}`;
}

function cutOf(text: string, start: number, maxChars: number): number {
  const end = start + maxChars;
  if (end >= text.length) return text.length;
  for (const cut of CUTS) {
    const at = text.lastIndexOf(cut, end - cut.length);
    if (at >= start + maxChars / 2) return at + cut.length;
  }
  return /[\uD800-\uDBFF]/.test(text[end - 1]!) ? end - 1 : end;
}

interface FoundFile {
  readonly path: string;
  /** Whether the caller named it, and did not just name its folder. */
  readonly isNamed: boolean;
}

async function filesOf(paths: readonly string[], leftOut: string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (const path of paths) {
    if ((await statOf(path)).isDirectory())
      for (const found of await textFilesOf(path, leftOut)) files.push({ path: found, isNamed: false });
    else files.push({ path, isNamed: true });
  }
  return files;
}

async function textFilesOf(folder: string, leftOut: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(?:^|[/\\])\./.test(relative(folder, path)))
    .sort();
  const texts = files.filter((path) => READ_FROM_FOLDER.test(path));
  const others = files.length - texts.length;
  if (others > 0)
    leftOut.push(
      `${folder}: ${others} ${others === 1 ? 'file that is' : 'files that are'} neither .md nor .txt`,
    );
  return texts;
}

/** One unreadable file of a folder is no reason to stop. */
async function textOfFolder(path: string, leftOut: string[]): Promise<string | null> {
  try {
    return decoded(path, await fileBytes(path));
  } catch (error) {
    leftOut.push((error as Error).message);
    return null;
  }
}

async function statOf(path: string) {
  return stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
}

async function fileBytes(path: string): Promise<Uint8Array> {
  const info = await statOf(path);
  if (info.isDirectory())
    throw new AppError('cli.not_a_file', 'invalid', `${path} is a folder.`, { hint: 'Name one file in it.' });
  if (info.size > MAX_FILE_BYTES)
    throw new AppError('cli.text_too_long', 'invalid', `${path} is larger than 10 MiB.`, {
      hint: 'Name a text file.',
    });
  return readFile(path).catch((cause) => {
    throw unreadable(path, cause);
  });
}

function unreadable(path: string, cause: unknown): AppError {
  const hint = 'Check the path.';
  return new AppError('cli.no_such_path', 'invalid', `${path} cannot be read.`, { hint, cause });
}

async function standardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY)
    throw new AppError('cli.no_text', 'invalid', 'There is no text on standard input.', {
      hint: 'Name a file, or pipe the text in.',
    });
  return buffer(process.stdin);
}

function decoded(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('cli.not_a_text', 'invalid', `${name} is no text in UTF-8.`, {
      hint: 'Save it as plain text in UTF-8.',
      cause,
    });
  }
}
