import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { endProcesses, runCommand, startServer, type TestServer } from '../support/process.js';
import { builtCommandLine } from '../support/process-build.js';

const RUN_MS = 60_000;
/** The server of the examples. */
const EXAMPLE_SERVER = 'http://127.0.0.1:3000';
const BLOCK = /(?:^<!-- (?<mark>[^\n]*?) -->\n)?^```sh\n(?<script>[\s\S]*?)^```/gm;

interface Example {
  readonly file: string;
  readonly mark: string | null;
  readonly script: string;
}

let root: string;
let server: TestServer;
let environment: NodeJS.ProcessEnv;

async function documents(): Promise<string[]> {
  const found = await readdir('src', { recursive: true });
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...found.filter((path) => path.endsWith('README.md')).map((path) => join('src', path)),
  ];
}

async function examplesIn(file: string): Promise<Example[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(BLOCK)].map(({ groups }) => ({
    file,
    mark: groups!['mark'] ?? null,
    script: groups!['script']!,
  }));
}

const examples: Example[] = (await Promise.all((await documents()).map(examplesIn))).flat();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mcg-documentation-'));
  const data = join(root, 'data');
  server = await startServer({ MCG_DATA_DIR: data, JWT_SECRET_KEY: '' });
  await cp('examples', join(root, 'examples'), { recursive: true });
  await runCommand(['import', resolve('examples/personal/conversations.json')], { MCG_DATA_DIR: data });
  // As the reader's shell has it, but that a refused request ends it.
  const program = `#!/bin/sh\nexec "${process.execPath}" "${await builtCommandLine()}" "$@"\n`;
  const curl = `#!/bin/sh\nPATH=$(echo "$PATH" | cut -d: -f2-) exec curl --fail-with-body "$@"\n`;
  for (const [name, script] of Object.entries({ 'mcg-agent': program, curl })) {
    await writeFile(join(root, name), script);
    await chmod(join(root, name), 0o755);
  }
  environment = {
    PATH: `${root}:${process.env['PATH']}`,
    HOME: root,
    MCG_DATA_DIR: data,
    XDG_CONFIG_HOME: join(root, 'config'),
  };
});

afterAll(async () => {
  await endProcesses();
  await rm(root, { recursive: true, force: true });
});

it('every example of a shell is run, or says why it is not', () => {
  const unmarked = examples.filter(({ mark }) => mark !== 'run' && !mark?.startsWith('not run: '));
  expect(unmarked.map(({ file, script }) => `${file}: ${script.split('\n')[0]}`)).toEqual([]);
});

function named({ file, script }: Example): [file: string, begin: string, script: string] {
  return [file, script.split('\n')[0]!, script];
}

describe('works as it stands', () => {
  it.each(examples.filter(({ mark }) => mark === 'run').map(named))(
    '%s: %s',
    async (_file, _begin, script) => {
      const lines = script.replaceAll(EXAMPLE_SERVER, server.url);
      const ran = promisify(execFile)('sh', ['-euc', lines], {
        cwd: root,
        env: environment,
        timeout: RUN_MS,
      });
      const { stdout } = await ran.catch((error: { stdout: string; stderr: string }) => {
        throw new Error(`${error.stdout}\n${error.stderr}`);
      });
      expect(stdout).not.toBe('');
    },
  );
});
