import { z } from 'zod';

/** What a variable is for and a value that works: shown in the start-up table and checked against `.env.example`. */
export interface VariableInfo {
  readonly example: string;
  readonly purpose: string;
}

const info = z.registry<VariableInfo>();

function variable<T extends z.ZodType>(schema: T, example: string, purpose: string): T {
  info.add(schema, { example, purpose });
  return schema;
}

const text = z.string().trim().min(1);
const integer = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
};
const httpUrl = () => z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' });
const providerNames = ['mvlm', 'openai'] as const;

/** Every environment variable the application reads, with its default. */
export const environmentSchema = z.object({
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
  GEN_PROVIDER: variable(
    z.enum(providerNames).default('mvlm'),
    'mvlm',
    'what writes for every role: mvlm (local) or openai (an API)',
  ),
  FIREBREAK_PROVIDER: variable(
    z.enum(providerNames).optional(),
    'mvlm',
    'what writes for Revisor and Summarizer, if another',
  ),
  OPENAI_API_KEY: variable(
    text.optional(),
    'the key of your account with the API',
    'key of the API; only a server on this machine (OPENAI_BASE_URL) may go without one',
  ),
  OPENAI_MODEL: variable(text.default('gpt-4.1-mini'), 'gpt-4.1-mini', 'model the API writes with'),
  OPENAI_BASE_URL: variable(
    httpUrl().optional(),
    'https://llm.example.org/v1',
    'any OpenAI-compatible server; a query string (?api-version=…) goes with every call',
  ),
  OPENAI_ORGANIZATION: variable(text.optional(), 'org-example', 'organization the API bills'),
  OPENAI_API: variable(
    z.enum(['chat', 'responses']).default('chat'),
    'chat',
    'which interface of the API: chat (Chat Completions) or responses',
  ),
  OPENAI_TIMEOUT_MS: variable(
    integer(100, 600_000).default(30_000),
    '30000',
    'longest time one attempt at the API may take, in milliseconds',
  ),
  OPENAI_MAX_RETRIES: variable(
    integer(0, 10).default(2),
    '2',
    'further attempts at a call that failed and may succeed later',
  ),
  OPENAI_REQUESTS_PER_MINUTE: variable(
    integer(1, 1_000_000).optional(),
    '500',
    'most requests a minute this process sends to the API; unset: no limit',
  ),
  OPENAI_TOKENS_PER_MINUTE: variable(
    integer(1, 1_000_000_000).optional(),
    '200000',
    'most tokens a minute this process sends to the API; unset: no limit',
  ),
  MODEL_PRICES_FILE: variable(
    text.optional(),
    './model-prices.json',
    'JSON file that adds or replaces prices of models',
  ),
  MVLM_BACKEND: variable(
    z.enum(['extractive', 'llama-cpp', 'http']).default('extractive'),
    'extractive',
    'engine of the local model: extractive, llama-cpp (a GGUF file) or http (a local server)',
  ),
  MVLM_MODEL_PATH: variable(text.optional(), './models/model.gguf', 'GGUF file of the llama-cpp engine'),
  MVLM_BASE_URL: variable(
    httpUrl().optional(),
    'http://127.0.0.1:11434/v1',
    'OpenAI-compatible server of the http engine; external unless it is on this machine',
  ),
  MVLM_MODEL: variable(text.optional(), 'llama3.2', 'model the server of the http engine writes with'),
  MVLM_CONTEXT_TOKENS: variable(
    integer(256, 1_000_000).optional(),
    '4096',
    'context of the llama-cpp engine, in tokens; unset: what the model was trained with, at most 8192',
  ),
  MVLM_THREADS: variable(
    integer(1, 256).optional(),
    '2',
    'threads of the llama-cpp engine; unset: half of the processors',
  ),
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
  MCG_API_URL: variable(
    httpUrl().optional(),
    'https://mcg.example.org',
    'server the command line speaks to; unset: the one that holds MCG_DATA_DIR, else none is needed',
  ),
  MCG_TOKEN: variable(text.optional(), 'output of: mcg-agent mint-token', 'token the command line sends'),
  SHUTDOWN_GRACE_MS: variable(
    integer(0, 600_000).default(10_000),
    '10000',
    'how long running work may finish after SIGTERM, in milliseconds',
  ),
});

export type Environment = z.infer<typeof environmentSchema>;

/** The description of one variable. Every member of the schema has one. */
export function describeVariable(name: keyof Environment): VariableInfo {
  const found = info.get(environmentSchema.shape[name]);
  if (!found) throw new Error(`${name} has no description`);
  return found;
}
