import { isIP } from 'node:net';
import { EarshotError } from '@earshot/contracts';

/** So many wrong keys a sender may send at once, and one more each second. */
const burst = 20;
const perSecond = 1;
const mostSenders = 10_000;

interface Sender {
  failuresLeft: number;
  atMs: number;
  /** Whose keys have come from there. Behind one proxy somebody may guess while others work. */
  holders: Set<string>;
}

/** Slows down whoever tries one key after another: of no further key he is told whether it is right before the time has come. */
export class FailedKeys {
  private readonly senders = new Map<string, Sender>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Notes whose key has come, null for a wrong one. Throws TOO_MANY_ATTEMPTS, whatever the key is, when too many wrong ones came. */
  hear(address: string, holder: string | null): void {
    const name = senderOf(address);
    const sender = this.senders.get(name) ?? { failuresLeft: burst, atMs: this.nowMs(), holders: new Set() };
    this.refill(sender);
    const isKnown = holder !== null && sender.holders.has(holder);
    if (!isKnown && sender.failuresLeft < 1) {
      const retryAfterSeconds = Math.ceil((1 - sender.failuresLeft) / perSecond);
      throw new EarshotError('TOO_MANY_ATTEMPTS', `More than ${burst} wrong keys came from this address`, { retryAfterSeconds });
    }
    if (holder === null) sender.failuresLeft -= 1;
    else sender.holders.add(holder);
    this.senders.delete(name); // the one that was heard of last stands last
    this.senders.set(name, sender);
    const [oldest] = this.senders.keys();
    if (this.senders.size > mostSenders && oldest !== undefined) this.senders.delete(oldest);
  }

  private refill(sender: Sender): void {
    const nowMs = this.nowMs();
    sender.failuresLeft = Math.min(burst, sender.failuresLeft + ((nowMs - sender.atMs) / 1_000) * perSecond);
    sender.atMs = nowMs;
  }
}

/** Whoever has one address of IPv6 has the 2^64 of its network. */
function senderOf(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
