import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Makes V8 collect its garbage and give the freed pages back. */
export abstract class HeapCollector {
  /** Pauses the process for it; false where that is not possible. */
  abstract collect(): boolean;
}

type Collect = (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

export class V8HeapCollector extends HeapCollector {
  private readonly collectGarbage = exposedCollector();

  collect(): boolean {
    // Pages freed by a regular collection stay with V8; those freed by this one go back to the system.
    this.collectGarbage?.({ type: 'major', flavor: 'last-resort' });
    return this.collectGarbage !== null;
  }
}

function exposedCollector(): Collect | null {
  try {
    setFlagsFromString('--expose-gc');
    return runInNewContext('gc') as Collect;
  } catch {
    return null;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
