import { z } from 'zod';
import { flag, httpUrl, integer, text, variable } from './variable.js';

/** The server, its database, its tokens, its files and the limits of a run. */
export const serverVariables = {
  NODE_ENV: variable(
    z.enum(['development', 'production', 'test']).default('development'),
    'production',
    'production refuses weak secrets',
  ),
  HOST: variable(text.default('127.0.0.1'), '127.0.0.1', 'address to listen on'),
  PORT: variable(integer(0, 65_535).default(3000), '3000', 'port to listen on; 0 takes a free one'),
  LOG_LEVEL: variable(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    'info',
    'least severe level that is logged',
  ),
  MCG_DATA_DIR: variable(
    text.default('.mcg'),
    '.mcg',
    'embedded database, development secret and upload spool',
  ),
  DATABASE_URL: variable(
    z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
    'postgres://mcg:secret@db.internal:5432/mcg',
    'PostgreSQL 15 or newer; without it an embedded database is used',
  ),
  DATABASE_POOL_SIZE: variable(integer(1, 200).default(10), '10', 'connections to PostgreSQL'),
  DATABASE_WAIT_SECONDS: variable(
    integer(0, 600).default(30),
    '30',
    'how long the start waits for the database',
  ),
  JWT_SECRET_KEY: variable(
    z.string().min(1).optional(),
    'output of: openssl rand -base64 48',
    'signs and verifies HS256 tokens; at least 32 bytes in production',
  ),
  JWT_PUBLIC_KEY_FILE: variable(
    text.optional(),
    '/etc/mcg/jwt.pem',
    'PEM public key (RS256 or ES256); turns HS256 off',
  ),
  JWT_JWKS_FILE: variable(text.optional(), '/etc/mcg/jwks.json', 'JSON Web Key Set; turns HS256 off'),
  JWT_ISSUER: variable(text.optional(), 'https://login.example.org', 'required `iss` of a token'),
  JWT_AUDIENCE: variable(text.optional(), 'mcg-agent', 'required `aud` of a token'),
  GOVERNANCE_POLICY_DIR: variable(
    text.optional(),
    './policies',
    'folder of Cedar files that replaces the default policy',
  ),
  RUN_TIMEBOX_MS: variable(
    integer(100, 3_600_000).default(60_000),
    '60000',
    'longest time one run may take, in milliseconds',
  ),
  CONTEXT_MAX_CHARS: variable(
    integer(500, 200_000).default(12_000),
    '12000',
    'size of the context pack, in characters',
  ),
  IMPORT_MAX_BYTES: variable(
    integer(1, Number.MAX_SAFE_INTEGER).default(4 * 1024 ** 3),
    '4294967296',
    'largest upload, in bytes',
  ),
  CORPUS_QUOTA_MB: variable(
    integer(0, 1_000_000_000).default(0),
    '0',
    'most that one owner may keep over all corpora, in megabytes of text; 0: no limit',
  ),
  CORPUS_RETENTION_DAYS: variable(
    integer(0, 36_500).default(0),
    '0',
    'documents older than so many days are deleted, where a corpus says nothing else; 0: kept',
  ),
  IMPORT_UNDO_DAYS: variable(
    integer(0, 36_500).default(90),
    '90',
    'so many days an import can be taken back, and texts it replaced or removed are kept; 0: for ever',
  ),
  MCG_API_URL: variable(
    httpUrl().optional(),
    'https://mcg.example.org',
    'server the command line speaks to; unset: the one that holds MCG_DATA_DIR, else none is needed',
  ),
  MCG_TOKEN: variable(text.optional(), 'output of: mcg-agent mint-token', 'token the command line sends'),
  MCG_USER_ID: variable(
    text.default('local'),
    'local',
    'whose corpora the command line works on, where MCG_TOKEN does not say it',
  ),
  MCG_CONFIG: variable(
    text.optional(),
    '~/.config/mcg-agent/config.yaml',
    'file with the profiles of the command line',
  ),
  MCG_PROFILE: variable(text.optional(), 'home', 'profile of that file to use; unset: its default'),
  XDG_CONFIG_HOME: variable(
    text.optional(),
    '~/.config',
    'folder that holds mcg-agent/config.yaml, where MCG_CONFIG does not name the file',
  ),
  METRICS_ENABLED: variable(flag().default(false), 'true', 'whether GET /metrics answers'),
  SHUTDOWN_GRACE_MS: variable(
    integer(0, 600_000).default(10_000),
    '10000',
    'how long running work may finish after SIGTERM, in milliseconds',
  ),
};
