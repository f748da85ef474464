import { Injectable } from '@nestjs/common';
import { Notifications } from '../../database/index.js';
import { QUEUE_CHANNEL } from './run-jobs.repository.js';

/** Wakes the worker of this process: when a run was queued anywhere, or a place has become free here. */
@Injectable()
export class QueueSignal {
  private isRaised = false;
  private wake: (() => void) | null = null;
  private stopListening: (() => void) | null = null;

  constructor(private readonly notifications: Notifications) {}

  listen(): void {
    const raise = () => this.raise();
    // What was said while the line was down may have been missed.
    this.stopListening ??= this.notifications.listen(QUEUE_CHANNEL, raise, raise);
  }

  close(): void {
    this.stopListening?.();
    this.stopListening = null;
    this.raise();
  }

  raise(): void {
    this.isRaised = true;
    this.wake?.();
  }

  /** Resolves when the signal is raised, was raised since the last wait, or the time is over. */
  async wait(limitMs: number): Promise<void> {
    if (!this.isRaised)
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, limitMs).unref();
        this.wake = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    this.wake = null;
    this.isRaised = false;
  }
}
