import { v7 } from 'uuid';

/** The only source of new ids. */
export abstract class Ids {
  /** A UUID, unique and, in `SystemIds`, ordered by time (RFC 9562 version 7). */
  abstract next(): string;
}

export class SystemIds extends Ids {
  next(): string {
    return v7();
  }
}
