import { Command } from 'commander';
import { closeOnSignal, serve } from '../../serve.js';
import { commandSettings } from '../invocation.js';
import { formatOption, jsonOption } from '../options.js';

export function serveCommand(): Command {
  return new Command('serve')
    .description('start the HTTP server and stay up until it is stopped')
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  PORT=8080 mcg-agent serve')
    .action(async ({ format }: { format: string }) => {
      const server = await serve(commandSettings());
      closeOnSignal(server);
      const { url } = server;
      if (format === 'json') process.stdout.write(`${JSON.stringify({ url, docs: `${url}/docs` })}\n`);
      else process.stderr.write(`MCG Agent listens on ${url} (API description: ${url}/docs)\n`);
    });
}
