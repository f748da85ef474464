/** Short messages between the processes of one database. What is said while a listener is away is lost to it. */
export abstract class Notifications {
  /**
   * Calls `onMessage` for each message of a channel, until the function that it gives back is called. `onListening` is
   * called each time that listening begins, the first time included: what was said before may have been missed.
   */
  abstract listen(
    channel: string,
    onMessage: (payload: string) => void,
    onListening?: () => void,
  ): () => void;

  /** Tells every listener, those of this process too. A payload has less than 8,000 bytes. */
  abstract notify(channel: string, payload: string): Promise<void>;
}
