// All that CI runs, in its order. Ends with one line that counts every test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'mcg-check-'));
const counts = { passed: 0, failed: 0 };
const broken = [];

function step(name, ...args) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync('npm', args, { stdio: 'inherit' });
  if (status !== 0) broken.push(name);
  return status === 0;
}

function suite(name, script) {
  const report = join(reports, `${script.replace(':', '-')}.json`);
  step(name, 'run', script, '--', '--json', `--outputFile=${report}`);
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed += numPassedTests;
    counts.failed += numFailedTests + numRuntimeErrorTestSuites;
  } catch {
    counts.failed++;
  }
}

suite('tests that need no service (architecture rules among them)', 'test');
step('lint', 'run', 'lint');
step('types', 'run', 'typecheck');
// The suites on services start the built application too.
if (step('build', 'run', 'build')) {
  suite('tests on PostgreSQL', 'test:services');
  step('the built application boots, answers and stops', 'run', 'boot');
}

rmSync(reports, { recursive: true, force: true });
if (broken.length > 0) process.stdout.write(`\nbroken: ${broken.join('; ')}\n`);
process.stdout.write(`\nTests: ${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(broken.length === 0 && counts.failed === 0 ? 0 : 1);
