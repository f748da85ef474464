import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { QueryClient } from './query-client.js';

/** Reads event streams over sockets of their own. */
export class EventReaders {
  private readonly open = new Set<IncomingMessage>();

  constructor(
    private readonly url: string,
    private readonly client: QueryClient,
  ) {}

  /** Resolves when the stream has begun; `heard` is told of each event with the moment at which it came. */
  follow(taskId: string, heard: (event: { readonly at: string }, atMs: number) => void): Promise<void> {
    const headers = { ...this.client.headers, accept: 'text/event-stream' };
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}/runs/${taskId}/events`, { headers, agent: false }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} for ${taskId}`));
        this.open.add(response);
        response.on('close', () => this.open.delete(response));
        response.on('error', () => undefined);
        this.read(response, heard);
        resolve();
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  get count(): number {
    return this.open.size;
  }

  close(): void {
    for (const response of this.open) response.destroy();
  }

  private read(response: IncomingMessage, heard: (event: { at: string }, atMs: number) => void): void {
    let rest = '';
    response.setEncoding('utf8').on('data', (text: string) => {
      const atMs = Date.now();
      const messages = (rest + text).split('\n\n');
      rest = messages.pop()!;
      for (const message of messages) {
        const data = /^data: (.*)$/m.exec(message)?.[1];
        if (data !== undefined) heard(JSON.parse(data) as { at: string }, atMs);
      }
    });
  }
}
