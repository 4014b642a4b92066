import { setTimeout as sleep } from 'node:timers/promises';
import { Repeated, type Sooner } from './repeated.js';

async function timesWithin(ms: number, work: () => Promise<Sooner | undefined>): Promise<number> {
  let times = 0;
  const repeated = new Repeated(
    () => {
      times += 1;
      return work();
    },
    10_000,
    () => undefined,
  );
  repeated.start();
  await sleep(ms);
  await repeated.stop();
  return times;
}

describe('something repeated', () => {
  it('waits for its pause, also after a failure', async () => {
    expect(await timesWithin(200, async () => undefined)).toBe(1);
    expect(await timesWithin(200, () => Promise.reject(new Error('away')))).toBe(1);
  });

  it('comes sooner when it wants to, never twice at once', async () => {
    let running = 0;
    const times = await timesWithin(500, async () => {
      expect(++running).toBe(1);
      await sleep(5);
      running -= 1;
      return { inMs: 1 };
    });
    expect(times).toBeGreaterThan(3);
  });
});
