import { invalidOutput } from '../prompting/index.js';
import { timedOut } from './openai-errors.js';

const MAX_ANSWER_BYTES = 1_048_576;

/**
 * `fetch` that gives back an answer whose body is already read, at most 1 MB of it: what is larger is cut off at its
 * socket. The caller's signal and time limit so hold for the whole body, error bodies too. Redirects are not followed:
 * texts go to the configured address and nowhere else.
 */
export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  try {
    return await readWhole(await fetch(input, { ...init, redirect: 'manual' }));
  } catch (error) {
    // The SDK tells a time limit from a broken connection by words; its signal says so for certain.
    throw init?.signal?.aborted ? timedOut(error) : error;
  }
}

async function readWhole(response: Response): Promise<Response> {
  if (response.body === null) return response;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw invalidOutput('too_large');
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  return new Response(Buffer.concat(chunks), { status, statusText, headers });
}
