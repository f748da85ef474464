import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { EVENT_STREAM_TYPE, EventStream, STREAM_IS_OVER } from '../shared/index.js';
import { EventStreamBody } from './event-stream.body.js';

const HEARTBEAT_MS = 15_000;

/** Nest on Fastify, where a handler may also give events: they are sent as they come. */
export class StreamingAdapter extends FastifyAdapter {
  private readonly bodies = new Set<EventStreamBody>();
  /** One for all readers, however many. */
  private heart: NodeJS.Timeout | undefined;

  override reply(...[response, body, statusCode]: Parameters<FastifyAdapter['reply']>) {
    const reply = response as FastifyReply;
    // The reader has everything; for a browser 204 alone means not to come again (WHATWG HTML, 9.2.2).
    if (body === STREAM_IS_OVER) return reply.status(204).removeHeader('Content-Type').send();
    if (!(body instanceof EventStream)) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) reply.status(statusCode);
    reply
      .type(`${EVENT_STREAM_TYPE}; charset=utf-8`)
      .header('Cache-Control', 'no-store')
      .header('X-Accel-Buffering', 'no');
    if (reply.request.method !== 'HEAD') return reply.send(this.open(body, reply));
    body.close();
    return reply.send();
  }

  /** Readers are sent elsewhere; who reads on is cut off with the last connections. */
  endStreams(): void {
    for (const body of this.bodies) body.sayGoodbye();
  }

  private open(stream: EventStream, { request, raw }: FastifyReply): EventStreamBody {
    const body = new EventStreamBody(stream, request.id);
    this.bodies.add(body);
    this.heart ??= setInterval(() => {
      for (const each of this.bodies) each.beat();
    }, HEARTBEAT_MS).unref();
    // A response that waits behind another one on its line is not told when the line breaks.
    const onLineClosed = () => body.destroy();
    raw.req.socket.once('close', onLineClosed);
    body.once('close', () => {
      raw.req.socket.off('close', onLineClosed);
      this.bodies.delete(body);
      if (this.bodies.size > 0) return;
      clearInterval(this.heart);
      this.heart = undefined;
    });
    return body;
  }
}
