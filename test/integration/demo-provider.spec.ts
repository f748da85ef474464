import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenAiStub } from '../support/openai-stub.js';
import { endProcesses, runCommand } from '../support/process.js';

let data: string;
let stub: OpenAiStub;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'mcg-demo-'));
  stub = await OpenAiStub.start();
});

afterAll(async () => {
  await endProcesses();
  await stub.stop();
  await rm(data, { recursive: true, force: true });
});

it('the demo writes with an API as soon as one is named', async () => {
  const { code, stdout, stderr } = await runCommand(['demo', '--once'], {
    MCG_DATA_DIR: data,
    GEN_PROVIDER: 'openai',
    OPENAI_API_KEY: 'a-key-that-must-not-show',
    OPENAI_BASE_URL: stub.baseUrl,
  });
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  expect(stdout).toContain('written by openai gpt-4.1-mini');
  expect(stdout).toContain('I found nothing in your personal, social and published corpora');
  expect(stdout + stderr).not.toContain('a-key-that-must-not-show');
  // Two of the three questions have material to write from; each takes at most one call a role, the Ideator two.
  expect(stub.calls.length).toBeGreaterThanOrEqual(6);
  expect(stub.calls.length).toBeLessThanOrEqual(12);
  expect(stub.reservations.size).toBe(stub.calls.length);
});
