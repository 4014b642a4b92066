import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Database, Listener } from '@earshot/database';
import type { Subscriber } from './doorbell.js';
import { NotifyDoorbell } from './notify-doorbell.js';

setFlagsFromString('--expose-gc');

const looks = 50_000;

describe('a worker that is rung for by NOTIFY', () => {
  it('keeps nothing of the looks at the rows that are over', async () => {
    const nowhere = { url: 'postgres://127.0.0.1:1/nowhere', applicationName: 'spec' };
    const database = new Database(nowhere);
    const doorbell = new NotifyDoorbell(database, new Listener(nowhere), (error) => {
      throw error;
    });
    let left = 1_000;
    const subscriber: Subscriber = {
      queues: ['train'],
      slot: 'short',
      slots: 1,
      whenFree: async () => 1,
      takeRung: async () => [],
      takeNext: async () => {
        left -= 1;
        return left > 0 ? 1 : 0; // while there is more it looks again at once
      },
    };
    const subscription = await doorbell.subscribe(subscriber);
    const heapAfter = async () => {
      subscription.resume();
      while (left > 0) await setImmediate();
      runInNewContext('gc')();
      return process.memoryUsage().heapUsed;
    };
    const before = await heapAfter();
    left = looks;
    expect(((await heapAfter()) - before) / looks).toBeLessThan(100);
    await subscription.close();
    await database.close();
  });
});
