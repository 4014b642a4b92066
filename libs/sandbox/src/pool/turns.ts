import type { Call } from './call.js';
import type { Child } from './child.js';
import type { FairQueue } from './fair-queue.js';
import { Newest } from './newest.js';

/** As much of a child as is looked at here. */
export type Dealt = Pick<Child, 'ready' | 'load' | 'turn' | 'turnStartedAtMs' | 'send' | 'takeBackWaiting'>;

interface TurnOptions<One> {
  /** How many children may work at the same time. */
  most: number;
  /** Kept ready beyond those. */
  spare: number;
  /** It is sent nothing more, for another will take its place. */
  isWorn(child: One): boolean;
  /** Of those that start, whether one will get ready: none of late has failed to. */
  isStartHopeful(): boolean;
}

const mostInMessage = 8;
/** A call that takes longer keeps its child from others; when all children have such calls, the spare one works for those who have none. */
const longMs = 100;

/** Which of the calls that wait is sent to which child, and when. */
export class Turns<One extends Dealt = Child> {
  /** Groups whose calls took long: nothing is sent behind them, and they leave the spare child to others. */
  private readonly long = new Newest();
  /** Groups whose calls have cost a child: they do so too, wait for its successor, and leave the last one that is ready to others. */
  private readonly costly = new Newest();

  constructor(
    private readonly queue: FairQueue,
    private readonly children: ReadonlySet<One>,
    private readonly options: TurnOptions<One>,
  ) {}

  /** How many may work now: one more than there are children for, while all of these have long calls. */
  get slots(): number {
    const { most, spare } = this.options;
    let long = 0;
    for (const child of this.children) if (this.isLong(child)) long++;
    return long >= most && spare > 0 ? most + 1 : most;
  }

  /** How many do. */
  get busy(): number {
    let count = 0;
    for (const child of this.children) if (child.load > 0) count++;
    return count;
  }

  get isAtWork(): boolean {
    return this.queue.size > 0 || this.busy > 0;
  }

  /** A call of this group cost its child. */
  hasCost(group: string): void {
    this.costly.add(group);
  }

  /** Sends what may be sent now. */
  deal(): void {
    for (const child of this.children) {
      if (this.queue.size === 0 || !this.mayBeSentMore(child)) continue;
      const calls = this.nextMessageFor(child);
      if (calls.length > 0) child.send(calls);
    }
  }

  /** What waits behind a long call goes to whoever is free next, and what waits behind any to those who have nothing to do. */
  takeBack(): void {
    for (const child of this.children) {
      const isLong = this.isLong(child);
      if (isLong && child.turn?.call) this.long.add(child.turn.call.group);
      if (isLong || (this.queue.size === 0 && this.busy < this.slots)) this.queue.putBack(child.takeBackWaiting());
    }
  }

  /** Calls that may share a message: one of a demanding group has its own, and its turn ends that of the others. */
  private nextMessageFor(child: One): Call[] {
    const { queue } = this;
    const most = this.fairShare();
    const mayTake = this.mayTakeFor(child);
    const calls = queue.take(1, mayTake);
    if (calls.some(({ group }) => this.isDemanding(group))) return calls;
    while (calls.length < most && queue.size > 0 && !this.isDemandingNext()) {
      const more = queue.take(1, mayTake);
      if (more.length === 0) break; // of those that wait none may be taken
      calls.push(...more);
    }
    return calls;
  }

  /** The spare child is for those whose calls are short, and the last that is ready for those who have cost none. */
  private mayTakeFor(child: One): (group: string) => boolean {
    if (this.busy >= this.options.most) return (group) => !this.isDemanding(group);
    if (this.isLastReady(child)) return (group) => !this.costly.has(group);
    return () => true;
  }

  /** An idle child first; only when as many work as may, one gets its next message while it is busy with its last call. */
  private mayBeSentMore(child: One): boolean {
    if (!child.ready || this.options.isWorn(child)) return false;
    return this.busy < this.slots ? child.load === 0 : child.load === 1 && !this.isLong(child) && !this.isDemandingNext();
  }

  private isDemanding(group: string): boolean {
    return this.long.has(group) || this.costly.has(group);
  }

  /** While others start, which takes a busy machine seconds. */
  private isLastReady(child: One): boolean {
    let isOneStarting = false;
    for (const other of this.children) {
      if (!other.ready) isOneStarting = this.options.isStartHopeful();
      else if (other !== child && other.load === 0) return false;
    }
    return isOneStarting;
  }

  /** Who has no place beside others waits for a child that has nothing to do: so none of them is sent more meanwhile. */
  private isDemandingNext(): boolean {
    return this.queue.next !== undefined && this.isDemanding(this.queue.next);
  }

  /** It has worked on its call for long, or will. */
  private isLong({ turn, turnStartedAtMs }: One): boolean {
    if (turn === null) return false;
    return performance.now() - turnStartedAtMs > longMs || (turn.call !== null && this.isDemanding(turn.call.group));
  }

  private fairShare(): number {
    return Math.min(mostInMessage, Math.ceil(this.queue.size / this.options.most));
  }
}
