import { Command } from 'commander';
import { loadSettings } from '../../config/index.js';
import { closeOnSignal, serveWorker } from '../../serve.js';

export function workerCommand(): Command {
  return new Command('worker')
    .description('work on queued runs beside the servers of the same DATABASE_URL until it is stopped')
    .addHelpText('after', '\nExample:\n  PORT=8081 QUEUE_WORKERS=4 mcg-agent worker')
    .action(async () => {
      const worker = await serveWorker(loadSettings());
      closeOnSignal(worker);
      process.stderr.write(`MCG Agent works on the queue (probes: ${worker.url}/health/ready)\n`);
    });
}
