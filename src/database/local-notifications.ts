import type { Log } from '../telemetry/index.js';
import { Listeners } from './listeners.js';
import { Notifications } from './notifications.port.js';

/** Notifications where the database has one process: nobody else could hear them. */
export class LocalNotifications extends Notifications {
  private readonly listeners: Listeners;

  constructor(log: Log) {
    super();
    this.listeners = new Listeners(log);
  }

  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onListening: () => void = () => {},
  ): () => void {
    const listener = { onMessage, onListening };
    this.listeners.add(channel, listener);
    setImmediate(() => this.listeners.begun(channel, listener));
    return () => void this.listeners.remove(channel, listener);
  }

  async notify(channel: string, payload: string): Promise<void> {
    setImmediate(() => this.listeners.tell(channel, payload));
  }
}
