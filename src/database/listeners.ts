import type { Log } from '../telemetry/index.js';

interface Listener {
  readonly onMessage: (payload: string) => void;
  readonly onListening: () => void;
}

/** Who listens to which channel in this process. One that throws disturbs no other. */
export class Listeners {
  private readonly byChannel = new Map<string, Set<Listener>>();

  constructor(private readonly log: Log) {}

  get channels(): readonly string[] {
    return [...this.byChannel.keys()];
  }

  add(channel: string, listener: Listener): void {
    const listeners = this.byChannel.get(channel) ?? new Set();
    this.byChannel.set(channel, listeners.add(listener));
  }

  /** True where nobody listens to the channel any more. */
  remove(channel: string, listener: Listener): boolean {
    const listeners = this.byChannel.get(channel);
    if (!listeners?.delete(listener) || listeners.size > 0) return false;
    return this.byChannel.delete(channel);
  }

  tell(channel: string, payload: string): void {
    for (const each of this.byChannel.get(channel) ?? []) this.safely(channel, () => each.onMessage(payload));
  }

  /** Tells all listeners of these channels that they hear from now on. */
  begin(channels: readonly string[]): void {
    for (const channel of channels)
      for (const each of this.byChannel.get(channel) ?? []) this.safely(channel, () => each.onListening());
  }

  begun(channel: string, listener: Listener): void {
    this.safely(channel, () => listener.onListening());
  }

  private safely(channel: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.log.error('database.listener_failed', error, { channel });
    }
  }
}
