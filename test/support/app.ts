import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mintToken } from '../../src/auth/index.js';
import { parseSettings, type Settings } from '../../src/config/index.js';
import { createApp } from '../../src/http/index.js';
import { type Scope, SystemClock } from '../../src/shared/index.js';

/** The whole application on a database of its own, called without a socket. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly settings: Settings;
  readonly dataDirectory: string;
  /** A bearer header for a user with these scopes. */
  authorize(userId: string, ...scopes: Scope[]): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

/** Starts the application in a new data folder; `environment` overrides the defaults of a test. */
export async function startTestApp(environment: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mcg-e2e-'));
  const settings = parseSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    MCG_DATA_DIR: dataDirectory,
    ...environment,
  });
  const app = await createApp(settings);
  return {
    app,
    settings,
    dataDirectory,
    authorize: async (userId, ...scopes) => ({
      authorization: `Bearer ${await mintToken(settings.auth, new SystemClock(), { userId, scopes, minutes: 5 })}`,
    }),
    close: async () => {
      await app.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
