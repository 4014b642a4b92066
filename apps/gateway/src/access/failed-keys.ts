import { EarshotError } from '@earshot/contracts';

/** So many wrong keys an address may send at once, and one more each second. */
const burst = 20;
const perSecond = 1;
const mostSenders = 10_000;

interface Sender {
  failuresLeft: number;
  atMs: number;
  /** The last key of this sender that was right. Behind one proxy somebody may guess while others work. */
  rightKey: string | null;
}

/** Slows down whoever tries one key after another: no further key is looked at before the time has come. */
export class FailedKeys {
  private readonly senders = new Map<string, Sender>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Throws TOO_MANY_ATTEMPTS when the sender has sent too many wrong keys. */
  admit(address: string, key: string): void {
    const sender = this.senders.get(address);
    if (sender === undefined || sender.rightKey === key) return;
    this.refill(sender);
    if (sender.failuresLeft >= 1) return;
    const retryAfterSeconds = Math.ceil((1 - sender.failuresLeft) / perSecond);
    throw new EarshotError('TOO_MANY_ATTEMPTS', `More than ${burst} wrong keys came from this address`, { retryAfterSeconds });
  }

  note(address: string, key: string, isRight: boolean): void {
    const sender = this.senders.get(address) ?? { failuresLeft: burst, atMs: this.nowMs(), rightKey: null };
    if (isRight) sender.rightKey = key;
    else sender.failuresLeft -= 1;
    this.senders.delete(address); // the one that was heard of last stands last
    this.senders.set(address, sender);
    const [oldest] = this.senders.keys();
    if (this.senders.size > mostSenders && oldest !== undefined) this.senders.delete(oldest);
  }

  private refill(sender: Sender): void {
    const nowMs = this.nowMs();
    sender.failuresLeft = Math.min(burst, sender.failuresLeft + ((nowMs - sender.atMs) / 1_000) * perSecond);
    sender.atMs = nowMs;
  }
}
