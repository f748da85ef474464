import { z } from 'zod';
import { httpUrl, integer, text, variable } from './variable.js';

const providerNames = ['mvlm', 'openai'] as const;

/** What writes text, and how it is called. */
export const providerVariables = {
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
};
