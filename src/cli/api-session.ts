import { mintToken } from '../auth/index.js';
import { loadSettings, type Settings } from '../config/index.js';
import { DataFolderLock } from '../database/index.js';
import { type RunningServer, serve } from '../serve.js';
import { SCOPES, SystemClock } from '../shared/index.js';
import { ApiClient } from './api-client.js';

const TOKEN_MINUTES = 60;

/** The application inside this process, where a command works without a server. */
export type LocalApp = RunningServer['app'];

/** Runs `work` against the API: of MCG_API_URL, of the server that holds the data folder, or of one inside this process. */
export async function withApi<T>(
  userId: string,
  work: (api: ApiClient, app: LocalApp | null) => Promise<T>,
): Promise<T> {
  const settings = loadSettings();
  const url = settings.client.apiUrl ?? holderUrl(settings);
  if (url) return work(new ApiClient(url, await tokenFor(settings, userId)), null);
  return inProcess(userId, work);
}

async function inProcess<T>(userId: string, work: (api: ApiClient, app: LocalApp) => Promise<T>): Promise<T> {
  // A free port of the loopback only, and a quiet log: what the command prints is the answer.
  const settings = loadSettings({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' });
  const server = await serve(settings);
  try {
    return await work(new ApiClient(server.url, await tokenFor(settings, userId)), server.app);
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
export async function tokenFor(settings: Settings, userId: string): Promise<string> {
  if (settings.client.token !== null) return settings.client.token;
  return mintToken(settings.auth, new SystemClock(), { userId, scopes: SCOPES, minutes: TOKEN_MINUTES });
}
