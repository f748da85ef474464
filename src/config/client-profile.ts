import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, CORPORA, type CorpusName } from '../shared/index.js';

type Variables = Readonly<Record<string, string>>;

const FORMATS = ['text', 'json', 'markdown'] as const;
const text = z.string().trim().min(1);

const profileSchema = z
  .strictObject({
    api_url: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }).optional(),
    token: text.optional(),
    token_file: text.optional(),
    user_id: text.optional(),
    data_dir: text.optional(),
    format: z.enum(FORMATS).optional(),
    corpus: z.enum(CORPORA).optional(),
  })
  .refine(({ token, token_file: file }) => !token || !file, 'has both token and token_file; keep one');

const fileSchema = z.strictObject({
  default: text.optional(),
  profiles: z.record(z.string(), profileSchema).default({}),
});

/** A named set of what the command line would else be told by flags and variables. */
export interface ClientProfile {
  readonly name: string;
  readonly apiUrl: string | null;
  readonly token: string | null;
  readonly userId: string | null;
  readonly dataDirectory: string | null;
  readonly format: (typeof FORMATS)[number] | null;
  readonly corpus: CorpusName | null;
}

/** The file of profiles, as it was found. */
export interface ProfileFile {
  readonly path: string;
  readonly exists: boolean;
  readonly names: readonly string[];
  /** The one in use; null where there is none. */
  readonly profile: ClientProfile | null;
  /** What others on this machine could read and should not. */
  readonly warnings: readonly string[];
}

/** Where the profiles are kept, whether there are any or not. */
export function profilePath(variables: Variables): string {
  const { MCG_CONFIG: named, XDG_CONFIG_HOME: folder } = variables;
  return named
    ? resolve(atHome(named))
    : join(folder ? atHome(folder) : join(homedir(), '.config'), 'mcg-agent', 'config.yaml');
}

/** Reads the profile `name`, or the one of MCG_PROFILE, or the file's default. Throws `config.profile_*`. */
export function readProfileFile(variables: Variables, name: string | null): ProfileFile {
  const path = profilePath(variables);
  const wanted = name ?? variables['MCG_PROFILE'] ?? null;
  const content = contentOf(path, variables['MCG_CONFIG'] !== undefined);
  const file: z.infer<typeof fileSchema> = content === null ? { profiles: {} } : parsed(content, path);
  const names = Object.keys(file.profiles);
  const chosen = wanted ?? file.default ?? null;
  const found = { path, exists: content !== null, names };
  if (chosen === null) return { ...found, profile: null, warnings: [] };
  if (!Object.hasOwn(file.profiles, chosen)) throw unknownProfile(chosen, path, names);
  const given = file.profiles[chosen]!;
  const tokenFile = given.token_file === undefined ? null : placeFrom(path, given.token_file);
  const holdsTokens = Object.values(file.profiles).some(({ token }) => token !== undefined);
  const secrets = [...(holdsTokens ? [path] : []), ...(tokenFile === null ? [] : [tokenFile])];
  const token = tokenFile === null ? (given.token ?? null) : tokenIn(tokenFile);
  const profile = profileOf(chosen, given, path, token);
  return { ...found, profile, warnings: secrets.flatMap(openToOthers) };
}

function profileOf(
  name: string,
  given: z.infer<typeof profileSchema>,
  path: string,
  token: string | null,
): ClientProfile {
  return {
    name,
    token,
    apiUrl: given.api_url?.replace(/\/+$/, '') ?? null,
    userId: given.user_id ?? null,
    dataDirectory: given.data_dir === undefined ? null : placeFrom(path, given.data_dir),
    format: given.format ?? null,
    corpus: given.corpus ?? null,
  };
}

/** Paths count from the folder of the file. */
function placeFrom(file: string, path: string): string {
  return resolve(dirname(file), atHome(path));
}

/**
 * The variables with the profile's where they are silent. Where to work is one setting: a profile's place, and the token
 * for it, count only where the variables name no other place.
 */
export function variablesWith(variables: Variables, profile: ClientProfile | null): Record<string, string> {
  if (profile === null) return { ...variables };
  const namesPlace = ['MCG_API_URL', 'MCG_DATA_DIR', 'DATABASE_URL'].some((name) => name in variables);
  const { apiUrl, dataDirectory, token, userId } = profile;
  const place = { MCG_API_URL: apiUrl, MCG_DATA_DIR: dataDirectory, MCG_TOKEN: token };
  const given = Object.entries({ ...(namesPlace ? {} : place), MCG_USER_ID: userId });
  const filled = given.filter((entry): entry is [string, string] => entry[1] !== null);
  return { ...Object.fromEntries(filled), ...variables };
}

function contentOf(path: string, isNamed: boolean): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (!isNamed && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    throw invalid(`${path} cannot be read (${code}).`, 'Check MCG_CONFIG, or unset it.', cause);
  }
}

function parsed(content: string, path: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(parse(content) ?? {});
  } catch (cause) {
    // The words of a syntax error quote the file, which may hold a token.
    const where =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`).join('; ')
        : placeOf(cause);
    throw invalid(`${path} is not a file of profiles: ${where}.`, EXAMPLE, cause);
  }
}

const EXAMPLE =
  'It looks like this: {default: home, profiles: {home: {data_dir: ~/.mcg}, work: {api_url: https://mcg.example.org, token_file: ~/.mcg-token}}}.';

function placeOf(cause: unknown): string {
  const [start] = (cause as { linePos?: readonly { line: number; col: number }[] }).linePos ?? [];
  return start ? `no YAML at line ${start.line}, column ${start.col}` : 'no YAML';
}

function tokenIn(path: string): string {
  try {
    return text.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'it is empty';
    throw invalid(
      `The token file ${path} cannot be read (${reason}).`,
      'Check token_file, or write a token there: mcg-agent mint-token.',
      cause,
    );
  }
}

/** Windows keeps rights elsewhere, and shows every file as open. */
function openToOthers(path: string): string[] {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return [];
  return [`${path} holds a token and others on this machine may read it: chmod 600 ${path}`];
}

function atHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

function unknownProfile(name: string, path: string, names: readonly string[]): AppError {
  const known =
    names.length > 0 ? `It holds: ${names.join(', ')}.` : 'There is no such file, or it is empty.';
  return new AppError('config.profile_unknown', 'invalid', `${path} has no profile “${name}”.`, {
    hint: `${known} mcg-agent config show tells which is in use.`,
  });
}

function invalid(message: string, hint: string, cause: unknown): AppError {
  return new AppError('config.profile_invalid', 'invalid', message, { hint, cause });
}
