import type { MailHeaders, MailPerson } from './mail-headers.js';

/** A crafted mailbox could name a new address in every message. */
const MAX_COUNTED = 10_000;

/** Knows which addresses are the owner's: those named, those that sent what was sent, else the one that received most. */
export class MailOwner {
  readonly #own: Set<string>;
  readonly #receivers = new Map<string, number>();
  #messages = 0;

  constructor(selfNames: readonly string[]) {
    this.#own = new Set(selfNames.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
  }

  learn(headers: MailHeaders, isSent: boolean): void {
    this.#messages++;
    if (isSent) for (const { address } of headers.people('from')) this.#add(address);
    const receiver = headers.people('delivered-to')[0] ?? headers.people('x-original-to')[0];
    if (receiver === undefined || receiver.address === '') return;
    const count = this.#receivers.get(receiver.address);
    if (count !== undefined || this.#receivers.size < MAX_COUNTED)
      this.#receivers.set(receiver.address, (count ?? 0) + 1);
  }

  /** Where nothing else tells, the address that at least half of the messages were delivered to. */
  conclude(): void {
    if (this.isKnown) return;
    for (const [address, count] of this.#receivers) if (count * 2 >= this.#messages) this.#add(address);
  }

  get isKnown(): boolean {
    return this.#own.size > 0;
  }

  isOwn({ name, address }: MailPerson): boolean {
    return this.#own.has(address) || (name !== '' && this.#own.has(name.toLowerCase()));
  }

  #add(address: string): void {
    if (address !== '' && this.#own.size < MAX_COUNTED) this.#own.add(address);
  }
}
