import { join } from 'node:path';
import { Command } from 'commander';
import { mintToken } from '../../auth/index.js';
import { loadSettings, packageInfo, type Settings } from '../../config/index.js';
import { explain } from '../../exit.js';
import { closeOnSignal, type RunningServer, serve } from '../../serve.js';
import { AppError, SCOPES, SystemClock } from '../../shared/index.js';
import { ApiClient } from '../api-client.js';
import type { Answer } from '../output/answer.js';
import { answerAsText } from '../output/answer-text.js';
import { importSummary } from '../output/import-summary.js';
import { importHere } from './import.command.js';

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
    .action(async ({ once }: { once?: boolean }) => {
      const settings = demoSettings();
      const server = await serveOnFreePort(settings);
      closeOnSignal(server);
      try {
        await importSamples(server);
        const token = await mintToken(settings.auth, new SystemClock(), {
          userId: USER,
          scopes: SCOPES,
          minutes: TOKEN_MINUTES,
        });
        await ask(new ApiClient(server.url, token));
        if (once) await server.close();
        else say(invitation(server.url, token));
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

async function importSamples(server: RunningServer): Promise<void> {
  const actor = { userId: USER, scopes: SCOPES };
  const examples = join(packageInfo().root, 'examples');
  say('1. Importing the sample corpora of Mara, an invented gardener (examples/)\n');
  for (const { corpus, path } of CORPORA) {
    const done = await importHere(server.app, actor, join(examples, path), { corpus }, () => undefined);
    process.stdout.write(importSummary(done));
  }
}

async function ask(api: ApiClient): Promise<void> {
  say('\n2. Asking three questions with POST /query');
  for (const prompt of QUESTIONS) {
    say(`\n${'─'.repeat(80)}\n> ${prompt}\n`);
    process.stdout.write(await answered(api, prompt));
  }
}

/** The answer, or what came instead of one: a demo shows both. */
async function answered(api: ApiClient, prompt: string): Promise<string> {
  try {
    const { body, requestId } = await api.send<Answer>({ method: 'POST', path: '/query', json: { prompt } });
    return answerAsText({ ...body, request_id: requestId }, process.stdout.columns ?? 100);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'governance.held')) throw error;
    return `${explain(error)}\n`;
  }
}

function invitation(url: string, token: string): string {
  return `
${'─'.repeat(80)}
3. Now you. The server is up at ${url} (stop it with Ctrl-C); the API is described at ${url}/docs

export TOKEN=${token}
curl -s ${url}/query -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"prompt":"How did the dispute with the council about water end?"}'

Other questions are in examples/README.md; one of them has an answer that is held for review.`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
