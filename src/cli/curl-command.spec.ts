import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { curlCommand, quoted } from './curl-command.js';

it('says what was sent, and never the token', () => {
  const command = curlCommand({
    method: 'POST',
    url: 'http://127.0.0.1:3000/query?a=b&c=d',
    headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    body: '{"prompt":"Anna\'s?"}',
  });
  expect(command).toBe(
    `curl -sS -X POST 'http://127.0.0.1:3000/query?a=b&c=d' -H "Authorization: Bearer $MCG_TOKEN" -H 'content-type: application/json' --data-raw '{"prompt":"Anna'\\''s?"}'`,
  );
});

it('names the file of an upload', () => {
  const command = curlCommand({
    method: 'POST',
    url: 'http://a/',
    headers: {},
    body: { file: 'my notes.md' },
  });
  expect(command).toMatch(/ -T 'my notes.md'$/);
});

it('quotes so that a shell reads the same again', () => {
  const text = fc.string({ unit: fc.constantFrom('a', "'", '"', '$', '`', '\\', ' ', '\n', '!', 'é') });
  fc.assert(
    fc.property(text, (word) => {
      expect(execFileSync('sh', ['-c', `printf %s ${quoted(word)}x`]).toString()).toBe(`${word}x`);
    }),
    { numRuns: 30 },
  );
});
