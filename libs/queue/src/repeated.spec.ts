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

  it('comes when it is called, and once more when it was under way then', async () => {
    let times = 0;
    const ends: (() => void)[] = [];
    const repeated = new Repeated(
      () => {
        times += 1;
        return new Promise<void>((end) => ends.push(end));
      },
      10_000,
      () => undefined,
    );
    const until = async (wanted: number) => {
      while (times < wanted) await sleep(5);
    };
    repeated.start();
    for (let call = 0; call < 3; call++) repeated.call();
    expect(times).toBe(1);
    ends.pop()?.();
    await until(2);
    ends.pop()?.();
    await sleep(20); // it waits for its pause
    expect(times).toBe(2);
    repeated.call();
    await until(3);
    ends.pop()?.();
    await repeated.stop();
    repeated.call();
    await sleep(20);
    expect(times).toBe(3);
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
