import { mintToken } from '../auth/index.js';
import type { Settings } from '../config/index.js';
import { DataFolderLock } from '../database/index.js';
import { type RunningServer, serve } from '../serve.js';
import { AppError, SCOPES, SystemClock } from '../shared/index.js';
import { ApiClient } from './api-client.js';
import { commandSettings, invocation } from './invocation.js';
import { traceOf } from './output/trace.js';

const TOKEN_MINUTES = 60;

/** The application inside this process, where a command works without a server. */
export type LocalApp = RunningServer['app'];

/**
 * Runs `work` against the API: of MCG_API_URL, of the server that holds the data folder, or of one inside this process.
 * `userId` undefined is the one of the settings.
 */
export async function withApi<T>(
  userId: string | undefined,
  work: (api: ApiClient, app: LocalApp | null) => Promise<T>,
): Promise<T> {
  const settings = commandSettings();
  const { apiUrl, token } = settings.client;
  if (apiUrl !== null) {
    if (token === null) throw noToken(apiUrl);
    return work(clientOf(apiUrl, token), null);
  }
  const url = holderUrl(settings);
  if (url) return work(clientOf(url, await tokenFor(settings, userId)), null);
  return inProcess(userId, work);
}

function clientOf(url: string, token: string): ApiClient {
  const { isVerbose, isJson } = invocation();
  return isVerbose
    ? new ApiClient(url, token, (exchange) => process.stderr.write(traceOf(exchange, isJson)))
    : new ApiClient(url, token);
}

/** A token of this machine's secret says nothing to another server, and must not be shown to it. */
function noToken(apiUrl: string): AppError {
  return new AppError(
    'cli.no_token',
    'unauthenticated',
    `MCG_API_URL names ${apiUrl}, but there is no MCG_TOKEN.`,
    {
      hint: 'Set MCG_TOKEN to a token of that server (or token_file in the profile), or unset MCG_API_URL.',
    },
  );
}

async function inProcess<T>(
  userId: string | undefined,
  work: (api: ApiClient, app: LocalApp) => Promise<T>,
): Promise<T> {
  // A free port of the loopback only, and a quiet log: what the command prints is the answer.
  const settings = commandSettings({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' });
  const server = await serve(settings);
  try {
    return await work(clientOf(server.url, await tokenFor(settings, userId)), server.app);
  } finally {
    await server.close();
  }
}

/** The server of the embedded data folder, where one is up. */
function holderUrl(settings: Settings): string | null {
  if (settings.database.url !== null) return null;
  return DataFolderLock.holderOf(settings.database.dataDirectory)?.url ?? null;
}

/** MCG_TOKEN, or a short-lived token with all rights of the data folder's owner. */
async function tokenFor(settings: Settings, userId: string | undefined): Promise<string> {
  if (settings.client.token !== null) return settings.client.token;
  const owner = userId ?? settings.client.userId;
  return mintToken(settings.auth, new SystemClock(), {
    userId: owner,
    scopes: SCOPES,
    minutes: TOKEN_MINUTES,
  });
}
