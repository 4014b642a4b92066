// The doorbell without Redis: NOTIFY wakes the workers, which claim as many waiting rows as they have free slots.
import { type Database, type Grouped, hot, type Listener, type WaitingTask, workChannel } from '@earshot/database';
import type { Doorbell, Subscriber, Subscription } from './doorbell.js';

/** Workers look at the rows this often even when nobody rings. */
const pollMs = 1_000;
const standbyPollMs = 5_000;

export class NotifyDoorbell implements Doorbell {
  private readonly rings: Grouped<WaitingTask[], undefined>;

  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
    private readonly onError: (error: unknown) => void,
  ) {
    this.rings = database.grouped(async (groups) => {
      const queues = [...new Set(groups.flat().map(({ queue }) => queue))];
      if (queues.length > 0) await this.wake(queues);
      return groups.map(() => undefined);
    });
  }

  async ring(tasks: WaitingTask[]): Promise<void> {
    await this.rings.submit(tasks);
  }

  async wake(queues: readonly string[]): Promise<void> {
    await this.database.run(ringStatement, [workChannel, queues]);
  }

  async room(): Promise<number> {
    return 0;
  }

  async hasForgotten(): Promise<boolean> {
    return false;
  }

  async obey(): Promise<void> {
    // workers look at the rows, and a claim obeys by itself
  }

  async ping(): Promise<void> {
    // where Postgres is away everything is: that is asked elsewhere
  }

  /** On `isStandby` it only hears who rings by NOTIFY, and looks at the rows now and then: something else tells of the work. */
  async subscribe(subscriber: Subscriber, { isStandby = () => false }: { isStandby?: () => boolean } = {}): Promise<Subscription> {
    const alarm = new Alarm();
    const unlisten = await this.listener.listen(workChannel, (queue) => {
      if (subscriber.queues.includes(queue)) alarm.sound();
    });
    if (!isStandby()) alarm.sound();
    const ended = this.takeUntilClosed(subscriber, alarm, isStandby);
    return {
      pause: () => undefined, // the rows wait where every worker sees them
      resume: () => alarm.sound(),
      close: async () => {
        unlisten();
        alarm.close();
        await ended;
      },
    };
  }

  async close(): Promise<void> {
    // nothing is held: the database and the listener belong to the process
  }

  private async takeUntilClosed(subscriber: Subscriber, alarm: Alarm, isStandby: () => boolean): Promise<void> {
    for (;;) {
      await alarm.wait(isStandby() ? standbyPollMs : pollMs);
      const free = alarm.closed ? undefined : await alarm.orClosed(subscriber.whenFree());
      if (alarm.closed || free === undefined) return;
      alarm.reset();
      const taken = await subscriber.takeNext(free).catch((error: unknown) => {
        this.onError(error);
        return 0;
      });
      if (taken > 0 && taken >= free && !isStandby()) alarm.sound();
    }
  }
}

const ringStatement = hot({ name: 'ring', text: 'select pg_notify($1, q) from unnest($2::text[]) q' });

/** Remembers one ring until somebody waits for it. */
class Alarm {
  closed = false;
  private rung = false;
  private wake: () => void = () => undefined;
  private giveUp: () => void = () => undefined;

  sound(): void {
    this.rung = true;
    this.wake();
  }

  reset(): void {
    this.rung = false;
  }

  wait(timeoutMs: number): Promise<void> {
    if (this.rung || this.closed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What comes, or undefined when it is closed before. A race with one promise of the end would leave something with that each time. */
  orClosed<Value>(coming: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      this.giveUp = () => resolve(undefined);
      coming.then(resolve, reject);
    });
  }

  close(): void {
    this.closed = true;
    this.giveUp();
    this.wake();
  }
}
