import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { registerImportParsers } from './import-body.parser.js';

async function send(url: string, contentType: string, payload: string) {
  const fastify = Fastify();
  registerImportParsers(fastify);
  const echo = async (request: { body: unknown }) => ({
    stream: request.body instanceof Readable,
    body: request.body instanceof Readable ? (await request.body.toArray()).join('') : request.body,
  });
  fastify.setErrorHandler((error, _request, reply) =>
    reply.code(400).send({ code: (error as { code: string }).code }),
  );
  fastify.post('/corpora/:corpus/import', echo);
  fastify.post('/query', echo);
  const answer = await fastify.inject({
    method: 'POST',
    url,
    headers: { 'content-type': contentType },
    payload,
  });
  await fastify.close();
  return [answer.statusCode, answer.json()];
}

describe('registerImportParsers', () => {
  it.each(['application/json', 'application/zip', 'text/markdown; charset=utf-8', 'image/png'])(
    'hands an import of %s on as it comes',
    async (type) => {
      expect(await send('/corpora/personal/import', type, '{broken')).toEqual([
        200,
        { stream: true, body: '{broken' },
      ]);
    },
  );

  it('parses JSON everywhere else', async () => {
    const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024 - 100) });
    expect(await send('/query', 'application/json', '{"a":1}')).toEqual([
      200,
      { stream: false, body: { a: 1 } },
    ]);
    expect((await send('/query', 'application/json', large))[0]).toBe(200);
  });

  it('takes nothing as no body', async () => {
    expect(await send('/query', 'application/json', '')).toEqual([200, { stream: false }]);
  });

  it.each([
    ['application/json', '{broken', 'http.broken_json'],
    ['application/json', ' ', 'http.broken_json'],
    ['application/json', '{"__proto__":{"admin":true}}', 'http.broken_json'],
    ['application/json', JSON.stringify('x'.repeat(1024 * 1024)), 'http.body_too_large'],
    ['text/plain', 'words', 'http.unsupported_media'],
  ])('refuses %s elsewhere where it must', async (type, payload, code) => {
    expect(await send('/query', type, payload)).toEqual([400, { code }]);
  });

  it('leaves an unknown route unknown, whatever is sent', async () => {
    expect((await send('/nowhere', 'text/plain', 'words'))[0]).toBe(404);
  });
});
