import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { MessageReader, statementOf, type WireMessage } from './postgres-messages.js';
import { WriteSteps } from './write-steps.js';

/** A place in a run at which something is written, and how often the same was written before. */
export interface WriteStep {
  readonly write: string;
  readonly occurrence: number;
}

/** `before`: the server never hears of it. `after`: the server has done it, and nobody is told. */
export type Side = 'before' | 'after';

interface Trap extends WriteStep {
  readonly side: Side;
  readonly spring: () => void;
}

/** A port before PostgreSQL that sees each write of the process behind it, and can end that process there. */
export class StatementProxy {
  /** The steps since the last `arm` or `record`. */
  steps: WriteStep[] = [];
  private trap: Trap | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(target: URL): Promise<StatementProxy> {
    const server = createServer();
    const proxy = new StatementProxy(server, target);
    server.on('connection', (inside) => proxy.join(inside));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The same database by way of this port. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Counts steps from now on. */
  record(): void {
    this.steps = [];
    this.trap = null;
  }

  /** Resolves when the step has come; from then on nothing passes in either direction. */
  arm(step: WriteStep, side: Side): Promise<void> {
    this.steps = [];
    return new Promise((resolve) => {
      this.trap = { ...step, side, spring: resolve };
    });
  }

  /** Cuts all lines, as the end of the process behind does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }

  private join(inside: Socket): void {
    const outside = connect(Number(this.target.port || 5432), this.target.hostname);
    const line = new WatchedLine(this, inside, outside);
    for (const [from, to] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
    inside.on('data', (chunk: Buffer) => line.fromClient(chunk));
    outside.on('data', (chunk: Buffer) => line.fromServer(chunk));
  }

  /** What to do at a step: pass it on, or end there. */
  reach(write: string): Trap | null {
    const occurrence = this.steps.filter((step) => step.write === write).length;
    this.steps.push({ write, occurrence });
    const { trap } = this;
    if (trap?.write !== write || trap.occurrence !== occurrence) return null;
    this.trap = null;
    return trap;
  }
}

/** One line of the process to the database. */
class WatchedLine {
  private readonly asked = new MessageReader(true);
  private readonly answered = new MessageReader(false);
  private readonly writes = new WriteSteps();
  private sprung: Trap | null = null;
  private isStill = false;

  constructor(
    private readonly proxy: StatementProxy,
    private readonly client: Socket,
    private readonly server: Socket,
  ) {}

  fromClient(chunk: Buffer): void {
    for (const message of this.asked.read(chunk)) this.ask(message);
  }

  fromServer(chunk: Buffer): void {
    for (const { type, bytes } of this.answered.read(chunk)) {
      // Ready for the next statement: what the trap waits for is done.
      if (this.sprung !== null && type === 'Z') {
        this.isStill = true;
        this.sprung.spring();
      }
      if (!this.isStill && this.sprung === null) this.client.write(bytes);
    }
  }

  private ask(message: WireMessage): void {
    if (this.isStill) return;
    const statement = statementOf(message);
    const write = statement === null ? null : this.writes.next(statement);
    const trap = write === null ? null : this.proxy.reach(write);
    if (trap?.side === 'before') {
      this.isStill = true;
      trap.spring();
      return;
    }
    if (trap) this.sprung = trap;
    this.server.write(message.bytes);
  }
}
