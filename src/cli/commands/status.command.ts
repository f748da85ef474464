import { Command } from 'commander';
import { withApi } from '../api-session.js';
import { formatOption, jsonOption, userOption } from '../options.js';
import { printJson, printPairs } from '../output/print.js';

interface Status {
  readonly version: string;
  readonly node: string;
  readonly environment: string;
  readonly uptime_seconds: number;
  readonly database: string;
  readonly policy: { readonly version: string; readonly hash: string };
  readonly provider: { readonly name: string; readonly model: string };
  readonly memory: { readonly rss_bytes: number };
}

export function statusCommand(): Command {
  return new Command('status')
    .description('what the server is and how it is set')
    .addOption(userOption())
    .addOption(formatOption(['text', 'json']))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  mcg-agent status --json')
    .action(async ({ userId, format }) => {
      await withApi(userId, async (api) => {
        const { body, requestId } = await api.send<Status>({ path: '/status' });
        if (format === 'json') return printJson(body);
        printPairs({
          server: api.baseUrl,
          version: `${body.version} (Node ${body.node}, ${body.environment})`,
          uptime: `${body.uptime_seconds} s`,
          database: body.database,
          provider: `${body.provider.name} ${body.provider.model}`,
          policy: `${body.policy.version} ${body.policy.hash.slice(0, 12)}`,
          memory: `${Math.round(body.memory.rss_bytes / 1024 ** 2)} MiB`,
          request_id: requestId,
        });
      });
    });
}
