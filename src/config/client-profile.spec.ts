import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { profilePath, readProfileFile, variablesWith } from './client-profile.js';

const FILE = `
default: home
profiles:
  home: { data_dir: notes/.mcg, user_id: mara }
  work:
    api_url: https://mcg.example.org/
    token: secret
    format: json
    corpus: personal
  file: { api_url: http://127.0.0.1:3000, token_file: token }
`;
let root: string;
let path: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mcg-profile-'));
  mkdirSync(join(root, 'mcg-agent'));
  path = join(root, 'mcg-agent', 'config.yaml');
  writeFileSync(path, FILE, { mode: 0o600 });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (name: string | null = null, variables = {}) =>
  readProfileFile({ XDG_CONFIG_HOME: root, ...variables }, name);

it('is looked for where MCG_CONFIG says, then below XDG_CONFIG_HOME, then at home', () => {
  expect(profilePath({ MCG_CONFIG: '~/mine.yaml', XDG_CONFIG_HOME: root })).toBe(
    join(homedir(), 'mine.yaml'),
  );
  expect(profilePath({ XDG_CONFIG_HOME: root })).toBe(path);
  expect(profilePath({})).toBe(join(homedir(), '.config', 'mcg-agent', 'config.yaml'));
});

it('is chosen by the flag, then MCG_PROFILE, then the default', () => {
  const names = ['home', 'work', 'file'];
  expect(read('work', { MCG_PROFILE: 'home' })).toMatchObject({ names, profile: { name: 'work' } });
  expect(read(null, { MCG_PROFILE: 'work' }).profile).toEqual({
    name: 'work',
    apiUrl: 'https://mcg.example.org',
    token: 'secret',
    userId: null,
    dataDirectory: null,
    format: 'json',
    corpus: 'personal',
  });
  expect(read().profile).toMatchObject({
    name: 'home',
    userId: 'mara',
    dataDirectory: join(root, 'mcg-agent', 'notes', '.mcg'),
  });
});

it('reads the token of a file beside it', () => {
  writeFileSync(join(root, 'mcg-agent', 'token'), 'from file\n', { mode: 0o600 });
  expect(read('file')).toMatchObject({ profile: { token: 'from file' }, warnings: [] });
  rmSync(join(root, 'mcg-agent', 'token'));
  expect(() => read('file')).toThrow(/token cannot be read \(ENOENT\)/);
});

it('warns where others may read a token', () => {
  expect(read().warnings).toEqual([]);
  chmodSync(path, 0o644);
  expect(read().warnings).toEqual([expect.stringContaining(`chmod 600 ${path}`)]);
});

it('needs no file, unless one is named', () => {
  rmSync(path);
  expect(read()).toEqual({ path, exists: false, names: [], profile: null, warnings: [] });
  expect(() => read('home')).toThrow('has no profile “home”');
  expect(() => readProfileFile({ MCG_CONFIG: path }, null)).toThrow('cannot be read (ENOENT)');
});

it.each([
  ['profiles: [', /no YAML at line \d/],
  ['profiles: { a: { token: secret, api_url: nonsense } }', /profiles\.a\.api_url: must be/],
  ['profiles: { a: { token: secret, token_file: t } }', /keep one/],
  ['profiles: { a: { tokn: secret } }', /tokn/],
  ['default: none', /has no profile “none”/],
  ['"secret', /no YAML/],
])('refuses %j without showing a token', (content, says) => {
  writeFileSync(path, content);
  expect(() => read()).toThrow(says);
  expect(() => read()).toThrow(expect.objectContaining({ kind: 'invalid', hint: expect.any(String) }));
  expect(() => read()).not.toThrow(/secret/);
});

describe('beside the environment', () => {
  const work = () => read('work').profile;

  it('fills in what is not set', () => {
    expect(variablesWith({ PORT: '1' }, work())).toEqual({
      PORT: '1',
      MCG_API_URL: 'https://mcg.example.org',
      MCG_TOKEN: 'secret',
    });
    expect(variablesWith({ MCG_TOKEN: 'other', MCG_USER_ID: 'anna' }, work())).toMatchObject({
      MCG_TOKEN: 'other',
      MCG_USER_ID: 'anna',
    });
    expect(variablesWith({ PORT: '1' }, null)).toEqual({ PORT: '1' });
  });

  it.each(['MCG_API_URL', 'MCG_DATA_DIR', 'DATABASE_URL'])(
    'shows its token to no place that %s names',
    (name) => {
      expect(variablesWith({ [name]: 'elsewhere' }, work())).toEqual({ [name]: 'elsewhere' });
    },
  );
});
