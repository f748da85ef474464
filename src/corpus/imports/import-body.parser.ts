import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../shared/index.js';

const IMPORT_ROUTE = /(?:\/corpora\/:corpus\/import|^\/imports)$/;
const MAX_JSON_BYTES = 1024 * 1024;

/**
 * Hands the body of an import on as the stream it is, whatever its media type, and keeps every other route at
 * JSON of at most 1 MiB. Call it before the application is initialised, with Nest's own `bodyParser` off.
 */
export function registerImportParsers(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    if (isImport(request)) return done(null, payload);
    readText(payload).then(
      // A route that wants a body says what is missing from it; one that wants none needs none.
      (text) =>
        text === ''
          ? done(null)
          : parseJson(request, text, (error, body) => done(error ? brokenJson() : null, body)),
      (error: Error) => done(error),
    );
  });
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (isImport(request)) done(null, payload);
    else if (request.is404) done(null);
    else done(unsupportedMedia());
  });
}

function isImport(request: FastifyRequest): boolean {
  return IMPORT_ROUTE.test(request.routeOptions.url ?? '');
}

async function readText(payload: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Destroying a request's stream would cut the line before the answer is sent.
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_JSON_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw brokenJson();
  }
}

function brokenJson(): AppError {
  return new AppError('http.broken_json', 'invalid', 'The body is not valid JSON.', {
    hint: 'Send one JSON object in UTF-8; check quotes, commas and brackets.',
  });
}

function tooLarge(): AppError {
  return new AppError('http.body_too_large', 'too_large', 'The body is over 1 MiB.', {
    hint: 'Send less; large texts are imported into a corpus first.',
    details: { max_bytes: MAX_JSON_BYTES },
  });
}

function unsupportedMedia(): AppError {
  return new AppError('http.unsupported_media', 'unsupported_media', 'This route takes JSON only.', {
    hint: 'Send Content-Type: application/json.',
  });
}
