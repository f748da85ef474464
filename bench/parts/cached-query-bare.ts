import fastify from 'fastify';

/** What the route is to return from now on. */
export interface BareOrder {
  readonly answer: string;
}

export interface BareReply {
  readonly url: string;
}

/** Nothing but Fastify: reads the same body and returns the same bytes, ready as they are. */
async function run(send: (reply: BareReply) => void): Promise<void> {
  let answer = '';
  const server = fastify();
  server.post('/query', (_request, reply) => {
    void reply.type('application/json; charset=utf-8').send(answer);
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  process.on('message', (order: BareOrder) => {
    answer = order.answer;
    send({ url });
  });
  process.on('disconnect', () => process.exit(0));
  send({ url });
}

if (process.send) await run((reply) => void process.send?.(reply));
