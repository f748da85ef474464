import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, type Settings } from './config/index.js';
import { ServerAddress } from './database/index.js';
import { createApp, type Doors } from './http/index.js';
import { AppError } from './shared/index.js';

/** A server that accepts requests. */
export interface RunningServer {
  readonly app: NestFastifyApplication;
  /** Base URL for callers on this machine. */
  readonly url: string;
  /** Lets running work finish within the grace time, then lets go of the database. */
  close(): Promise<void>;
}

/** Starts the application and listens. Throws `AppError` where the port or the database cannot be had. */
export async function serve(settings: Settings, doors: Doors = 'all'): Promise<RunningServer> {
  const app = await createApp(settings, doors);
  try {
    await app.listen(settings.server.port, settings.server.host);
  } catch (error) {
    await app.close();
    throw listenFault(error, settings);
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(settings.server.host) ? '127.0.0.1' : settings.server.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  app.get(ServerAddress).announce(url);
  return { app, url, close: () => app.close() };
}

/** Starts a process that works on the queue and answers probes alone. Throws `ConfigError` without PostgreSQL. */
export async function serveWorker(settings: Settings): Promise<RunningServer> {
  if (settings.database.url === null) throw new ConfigError([NO_SHARED_DATABASE]);
  // QUEUE_WORKERS=0 is for the servers that share this environment.
  const workers = Math.max(1, settings.queue.workers);
  return serve({ ...settings, queue: { ...settings.queue, workers } }, 'probes');
}

const NO_SHARED_DATABASE = {
  name: 'DATABASE_URL',
  problem: 'is missing; the queue of an embedded database is worked on by its own server',
  example: 'postgres://mcg:secret@db.internal:5432/mcg',
};

/** Closes the server once on SIGTERM or SIGINT and ends the process with 0; a second signal ends it at once. */
export function closeOnSignal(server: RunningServer): void {
  let isClosing = false;
  const stop = async () => {
    if (isClosing) process.exit(130);
    isClosing = true;
    await server.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

function listenFault(error: unknown, settings: Settings): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') return error;
  const reason = code === 'EADDRINUSE' ? 'is taken' : 'cannot be used';
  const where = `${settings.server.host}:${settings.server.port}`;
  return new AppError('server.cannot_listen', 'unavailable', `The address ${where} ${reason} (${code}).`, {
    hint: 'Choose another with PORT and HOST; PORT=0 takes a free port.',
    cause: error,
  });
}
