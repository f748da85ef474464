import { EXIT } from '../exit.js';
import { reportNotice } from './failure.js';

/** Ctrl-C and SIGTERM as a signal to stop in order; the second one ends the process at once. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly stop: () => void;

  constructor(says: string) {
    this.stop = () => {
      if (this.controller.signal.aborted) process.exit(EXIT.interrupted);
      if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
      reportNotice(says);
      this.controller.abort();
    };
    process.on('SIGINT', this.stop);
    process.on('SIGTERM', this.stop);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From here on the process ends as usual. */
  end(): void {
    process.off('SIGINT', this.stop);
    process.off('SIGTERM', this.stop);
  }
}
