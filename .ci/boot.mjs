// Starts the built application as a process, asks it whether it is ready, stops it, and runs the demo once.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_LIMIT_MS = 60_000;
const data = mkdtempSync(join(tmpdir(), 'mcg-boot-'));
const env = { ...process.env, MCG_DATA_DIR: data, PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: '' };

async function announcedUrl() {
  for (const until = Date.now() + START_LIMIT_MS; Date.now() < until; await sleep(200)) {
    try {
      const { url } = JSON.parse(readFileSync(join(data, 'server.lock'), 'utf8'));
      if (url) return url;
    } catch {
      // Not there yet.
    }
  }
  throw new Error('the server did not come up');
}

const server = spawn(process.execPath, ['dist/src/main.js'], { env, stdio: 'inherit' });
try {
  const ready = await fetch(`${await announcedUrl()}/health/ready`);
  if (ready.status !== 200) throw new Error(`/health/ready answered ${ready.status}: ${await ready.text()}`);
} finally {
  server.kill('SIGTERM');
}
const code = await new Promise((resolve) => server.once('exit', resolve));
if (code !== 0) throw new Error(`the server ended with ${code} on SIGTERM`);

const demo = spawnSync(process.execPath, ['dist/src/cli.js', 'demo', '--once'], { env, encoding: 'utf8' });
if (demo.status !== 0) throw new Error(`the demo ended with ${demo.status}: ${demo.stderr}`);
for (const expected of [
  'Sources',
  'summarizer',
  'I found nothing in your personal, social and published corpora',
])
  if (!demo.stdout.includes(expected)) throw new Error(`the demo did not print: ${expected}\n${demo.stdout}`);
rmSync(data, { recursive: true, force: true });
process.stdout.write('boots, is ready, stops with 0, and the demo answers\n');
