import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Headers } from './http.js';

/** One server-sent event as it came. */
export interface SentEvent {
  readonly id: number | null;
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** A response on a line of its own, read as server-sent events. */
export class EventReader {
  /** Everything that came, byte for byte. */
  text = '';
  private isOver = false;
  private wake: (() => void) | null = null;

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      this.text += text;
      this.wake?.();
    });
    const over = () => {
      this.isOver = true;
      this.wake?.();
    };
    response.on('end', over).on('close', over).on('error', over);
  }

  /** Connects, and resolves with the response's head. */
  static open(url: string, headers: Headers, body?: object): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(url, {
        method: body ? 'POST' : 'GET',
        headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
        agent: false,
      });
      sent.on('response', (response) => resolve(new EventReader(response)));
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }

  get status(): number {
    return this.response.statusCode!;
  }

  get headers(): IncomingMessage['headers'] {
    return this.response.headers;
  }

  /** The events that have come whole. */
  get events(): SentEvent[] {
    const blocks = this.text.split('\n\n').slice(0, -1);
    return blocks.flatMap((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const [name, data, id] = [field('event'), field('data'), field('id')];
      return name && data ? [{ id: id === undefined ? null : Number(id), name, data: JSON.parse(data) }] : [];
    });
  }

  get names(): string[] {
    return this.events.map(({ name }) => name);
  }

  /** Waits until an event of this name has come; fails where the stream ends without it. */
  async has(name: string): Promise<void> {
    while (!this.names.includes(name)) {
      if (this.isOver) throw new Error(`ended without ${name}: ${this.text}`);
      await this.news();
    }
  }

  /** All events, once the response has ended. */
  async all(): Promise<SentEvent[]> {
    while (!this.isOver) await this.news();
    return this.events;
  }

  /** Hangs up. */
  close(): void {
    this.response.destroy();
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
