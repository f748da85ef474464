import { z } from 'zod';
import type { Redis } from '../redis/index.js';
import type { Ids } from '../shared/index.js';
import { CACHE_NAMESPACES } from './cache.port.js';

const message = z.strictObject({
  from: z.string(),
  namespace: z.enum(CACHE_NAMESPACES),
  /** Null: all of the namespace. */
  key: z.string().nullable(),
});
/** What replicas are told to forget. */
export type Invalidation = Omit<z.infer<typeof message>, 'from'>;

/** Tells other replicas what to forget, and hears it from them. */
export class Invalidations {
  private readonly ownId: string;

  constructor(
    private readonly redis: Redis,
    private readonly channel: string,
    ids: Ids,
  ) {
    this.ownId = ids.next();
  }

  async announce(invalidation: Invalidation): Promise<void> {
    await this.redis.publish(this.channel, JSON.stringify({ from: this.ownId, ...invalidation }));
  }

  /** `onGap` is called whenever some may have been missed. */
  listen(onInvalidation: (invalidation: Invalidation) => void, onGap: () => void): void {
    this.redis.subscribe(
      this.channel,
      (text) => {
        const heard = parsed(text);
        // What cannot be read may have meant anything.
        if (heard === null) onGap();
        else if (heard.from !== this.ownId) onInvalidation(heard);
      },
      onGap,
    );
  }
}

function parsed(text: string): z.infer<typeof message> | null {
  try {
    return message.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
