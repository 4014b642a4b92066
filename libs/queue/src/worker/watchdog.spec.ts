import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscriber, Subscription } from '../doorbell/doorbell.js';
import { NotifyDoorbell } from '../doorbell/notify-doorbell.js';
import { numbered, single } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';
import { Watchdog } from './watchdog.js';
import type { Worker } from './worker.js';

const patienceMs = 300;
const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A doorbell whose first `deafTimes` subscriptions for short work are told nothing. */
class HalfDeafDoorbell extends NotifyDoorbell {
  subscriptions = 0;
  deafTimes = Number.POSITIVE_INFINITY;

  override subscribe(subscriber: Subscriber): Promise<Subscription> {
    if (subscriber.slot === 'long') return super.subscribe(subscriber);
    this.subscriptions += 1;
    if (this.subscriptions > this.deafTimes) return super.subscribe(subscriber);
    return Promise.resolve({ pause: () => undefined, resume: () => undefined, close: async () => undefined });
  }
}

describe('a watchdog', () => {
  let doorbell: HalfDeafDoorbell;
  const on = freshEngine(async () => ({
    open: ({ database, listener }) => {
      doorbell = new HalfDeafDoorbell(database, listener, () => undefined);
      return doorbell;
    },
    erase: async () => undefined,
    stop: async () => undefined,
  }));

  function watch(worker: Worker): string[] {
    const reasons: string[] = [];
    const watchdog = new Watchdog({
      worker,
      log: silentLog,
      onStuck: (reason) => reasons.push(reason),
      patienceMs,
    });
    watchdog.start();
    on.closesLater({ close: () => watchdog.stop() });
    return reasons;
  }

  it('subscribes a deaf worker anew, and says nothing when that helped', async () => {
    doorbell.deafTimes = 1;
    const reasons = watch(await on.work());
    const id = await on.ask(single, numbered(3));
    expect(await on.ended(id)).toMatchObject({ state: 'succeeded' });
    await sleep(3 * patienceMs);
    expect(reasons).toEqual([]);
    expect(doorbell.subscriptions).toBe(2);
  });

  it('gives a worker up that stays deaf, after one new subscription and not before it had time', async () => {
    const reasons = watch(await on.work());
    await on.ask(single, numbered(3));
    while (doorbell.subscriptions < 2) await sleep(10);
    await sleep(patienceMs / 2);
    expect(reasons).toEqual([]);
    for (const deadline = Date.now() + 10 * patienceMs; reasons.length === 0 && Date.now() < deadline; ) await sleep(10);
    expect(reasons[0]).toMatch(/^Work waits/);
    expect(doorbell.subscriptions).toBe(2);
  });

  it('says nothing of a worker for which no work waits', async () => {
    const reasons = watch(await on.work());
    await sleep(4 * patienceMs);
    expect(reasons).toEqual([]);
    expect(doorbell.subscriptions).toBe(1);
  });
});
