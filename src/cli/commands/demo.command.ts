import { join } from 'node:path';
import { Command, Option } from 'commander';
import { mintToken } from '../../auth/index.js';
import { loadSettings, packageInfo, type Settings } from '../../config/index.js';
import { explain } from '../../exit.js';
import { closeOnSignal, type RunningServer, serve } from '../../serve.js';
import { AppError, SCOPES, SystemClock } from '../../shared/index.js';
import { ApiClient } from '../api-client.js';
import { importHere } from '../import-work.js';
import { formatOption } from '../options.js';
import type { Answer } from '../output/answer.js';
import { answerAsText } from '../output/answer-text.js';
import { type ImportStatus, importSummary } from '../output/import-summary.js';
import { say, terminalColumns } from '../output/print.js';

const USER = 'mara';
const TOKEN_MINUTES = 8 * 60;
const CORPORA = [
  { corpus: 'personal', path: 'personal/conversations.json' },
  { corpus: 'published', path: 'published' },
  { corpus: 'social', path: 'social' },
] as const;
const QUESTIONS = [
  'What did I decide about heating the greenhouse?',
  'Write a short post about the soil mix for raised beds',
  'What is the capital of Mongolia?',
];

export function demoCommand(): Command {
  return new Command('demo')
    .description('try it: imports the sample corpora, asks three questions over HTTP, and stays up')
    .option('--once', 'stop after the answers')
    .addHelpText(
      'after',
      '\nIts data lies in the folder demo of MCG_DATA_DIR; no service, key or network is needed.\n\nExample:\n  mcg-agent demo --once',
    )
    .addOption(formatOption(['text', 'json']))
    .addOption(
      new Option('--json', 'JSON Lines: each import, each answer, and where the server is').implies({
        format: 'json',
      }),
    )
    .action(async ({ once, format }: { once?: boolean; format: string }) => {
      const teller = format === 'json' ? JSON_LINES : TEXT;
      const settings = demoSettings();
      const server = await serveOnFreePort(settings);
      closeOnSignal(server);
      try {
        const token = await mintToken(settings.auth, new SystemClock(), {
          userId: USER,
          scopes: SCOPES,
          minutes: TOKEN_MINUTES,
        });
        await importSamples(server, token, teller);
        await ask(new ApiClient(server.url, token), teller);
        if (once) await server.close();
        else teller.invite(server.url, token);
      } catch (error) {
        await server.close();
        throw error;
      }
    });
}

/** The environment's settings, what writes among them, on an embedded database and a secret of the demo's own. */
function demoSettings(): Settings {
  const { database } = loadSettings();
  return loadSettings({
    NODE_ENV: 'development',
    LOG_LEVEL: 'error',
    DATABASE_URL: '',
    JWT_PUBLIC_KEY_FILE: '',
    JWT_JWKS_FILE: '',
    MCG_DATA_DIR: join(database.dataDirectory, 'demo'),
  });
}

/** On the usual port, or on a free one where that is taken. */
async function serveOnFreePort(settings: Settings): Promise<RunningServer> {
  try {
    return await serve(settings);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'server.cannot_listen')) throw error;
    return serve({ ...settings, server: { ...settings.server, port: 0 } });
  }
}

async function importSamples(server: RunningServer, token: string, teller: Teller): Promise<void> {
  const examples = join(packageInfo().root, 'examples');
  teller.say('1. Importing the sample corpora of Mara, an invented gardener (examples/)\n');
  for (const { corpus, path } of CORPORA) {
    const done = await importHere(server.app, { token }, join(examples, path), { corpus });
    teller.imported(done);
  }
}

async function ask(api: ApiClient, teller: Teller): Promise<void> {
  teller.say('\n2. Asking three questions with POST /query');
  for (const prompt of QUESTIONS) {
    teller.say(`\n${'─'.repeat(lineColumns())}\n> ${prompt}\n`);
    try {
      const { body, requestId } = await api.send<Answer>({
        method: 'POST',
        path: '/query',
        json: { prompt },
      });
      teller.answered(prompt, { ...body, request_id: requestId });
    } catch (error) {
      // A demo shows what came instead of an answer too.
      if (!(error instanceof AppError && error.code === 'governance.held')) throw error;
      teller.held(prompt, error);
    }
  }
}

function lineColumns(): number {
  return Math.min(80, terminalColumns() ?? 80);
}

/** How the demo is told: to people, or to programs. */
interface Teller {
  say(text: string): void;
  imported(status: ImportStatus): void;
  answered(prompt: string, answer: Answer): void;
  held(prompt: string, fault: AppError): void;
  invite(url: string, token: string): void;
}

const TEXT: Teller = {
  say,
  imported: (status) => process.stdout.write(importSummary(status)),
  answered: (_, answer) => process.stdout.write(answerAsText(answer, terminalColumns() ?? 100)),
  held: (_, fault) => say(explain(fault)),
  invite: (url, token) => say(invitation(url, token)),
};

const line = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
const JSON_LINES: Teller = {
  say: () => undefined,
  imported: (status) => line({ import: status }),
  answered: (prompt, answer) => line({ prompt, answer }),
  held: (prompt, { code, taskId }) => line({ prompt, held: { code, task_id: taskId } }),
  invite: (url, token) => line({ url, token }),
};

function invitation(url: string, token: string): string {
  return `
${'─'.repeat(lineColumns())}
3. Now you. The server is up at ${url} (stop it with Ctrl-C); the API is described at ${url}/docs

export TOKEN=${token}
curl -s ${url}/query -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"prompt":"How did the dispute with the council about water end?"}'

Other questions are in examples/README.md; one of them has an answer that is held for review.`;
}
