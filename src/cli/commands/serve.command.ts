import { Command } from 'commander';
import { loadSettings } from '../../config/index.js';
import { closeOnSignal, serve } from '../../serve.js';

export function serveCommand(): Command {
  return new Command('serve')
    .description('start the HTTP server and stay up until it is stopped')
    .addHelpText('after', '\nExample:\n  PORT=8080 mcg-agent serve')
    .action(async () => {
      const server = await serve(loadSettings());
      closeOnSignal(server);
      process.stderr.write(`MCG Agent listens on ${server.url} (API description: ${server.url}/docs)\n`);
    });
}
