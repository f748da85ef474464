import { Command } from 'commander';
import { closeOnSignal, serveWorker } from '../../serve.js';
import { commandSettings } from '../invocation.js';
import { formatOption, jsonOption } from '../options.js';

export function workerCommand(): Command {
  return new Command('worker')
    .description('work on queued runs beside the servers of the same DATABASE_URL until it is stopped')
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  PORT=8081 QUEUE_WORKERS=4 mcg-agent worker')
    .action(async ({ format }: { format: string }) => {
      const worker = await serveWorker(commandSettings());
      closeOnSignal(worker);
      const { url } = worker;
      if (format === 'json') process.stdout.write(`${JSON.stringify({ url })}\n`);
      else process.stderr.write(`MCG Agent works on the queue (probes: ${url}/health/ready)\n`);
    });
}
