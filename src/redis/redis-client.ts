import { createClient } from '@redis/client';

/** A client of the library that connects once. */
export type Client = ReturnType<typeof openClient>;

const MOST_WAITING = 10_000;
/** Clients that have had a socket. */
const connected = new WeakSet<object>();

/** A client that neither connects again, nor keeps commands for later, nor holds the process up. */
export function openClient(url: string, connectLimitMs: number) {
  const client = createClient({
    url,
    socket: { connectTimeout: connectLimitMs, reconnectStrategy: false },
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    // Both would be commands that a restricted user may be refused.
    disableClientInfo: true,
    maintNotifications: 'disabled',
  });
  client.once('connect', () => connected.add(client));
  client.unref();
  return client;
}

/** Ends a client. One that is still connecting is left alone: destroyed now, its socket would outlive it. */
export function retire(client: Client): void {
  if (client.isOpen && connected.has(client)) client.destroy();
}
