import { Injectable } from '@nestjs/common';
import { type Shared, SingleFlight } from './single-flight.js';

/** Single flight for whole answers, whose keys are apart from those of operations. */
@Injectable()
export class AnswerFlight {
  private readonly flight = new SingleFlight();

  /**
   * The answer under a key: what `lead` gives, or what it gave for another caller at the same time. `signal` ends
   * this caller's waiting; another's failure is not this caller's: it leads then.
   */
  share<T>(key: string, signal: AbortSignal, lead: () => Promise<T>): Promise<Shared<T>> {
    return this.flight.share(key, signal, lead);
  }
}
