// What is promised of a queue that is paused or limited. Against real servers.
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueRules } from '@earshot/database';
import { bridged, notify, redis } from '../testing/doorbells.js';
import { echo, numbered, single, type Work } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

describe.each([notify, redis, bridged])('pauses and limits with $doorbell', ({ doorbell, start }) => {
  /** Redis alone is told of a change each second; PostgreSQL, alone or as the bridge, tells of it when it is made. */
  const untilToldMs = doorbell === redis.doorbell ? 1_000 : 0;
  const on = freshEngine(start);
  const { work, ask, ended } = on;
  const change = (changes: Parameters<QueueRules['change']>[1]) => new QueueRules(on.database).change('train', changes);
  const attempts = async (id: string) => (await on.sql('select attempt from task where job_id = $1', [id])).map(({ attempt }) => attempt);
  const running = async () => (await on.sql(`select from task where queue = 'train' and state = 'running'`)).length;
  const slowly =
    (ms: number): Work =>
    async (context, mode) => {
      await sleep(ms);
      await echo(context, mode);
    };

  it('begins nothing while it is paused, lets what runs go on, and begins at once when it is resumed', async () => {
    await work(slowly(500));
    const first = await ask(single, numbered(4));
    while ((await running()) === 0) await sleep(10);
    await change({ paused: true });
    const second = await ask(single, numbered(8));
    expect(await ended(first, 5_000)).toMatchObject({ state: 'succeeded', succeeded: 4 });
    await sleep(2_500); // longer than it takes to be rung for again
    expect(await attempts(second)).toEqual([0, 0]);
    await change({ paused: false });
    expect(await ended(second, untilToldMs + 2_000)).toMatchObject({ state: 'succeeded', succeeded: 8 });
    expect(await attempts(second)).toEqual([1, 1]);
  });

  it('stays paused when the doorbell has lost everything', async () => {
    await work();
    await change({ paused: true });
    const id = await ask(single, numbered(8));
    await sleep(1_200);
    await on.erase();
    await sleep(2_500);
    expect(await attempts(id)).toEqual([0, 0]);
    await change({ paused: false });
    expect(await ended(id, 5_000)).toMatchObject({ state: 'succeeded', succeeded: 8 });
  });

  it('runs no more tasks at once than its limit, on all workers together, and uses it', async () => {
    await change({ limitTasks: 2 });
    for (const name of ['one', 'two', 'three']) await work(slowly(50), { name, slots: 32 });
    let sampling = true;
    const samples: number[] = [];
    const sampler = (async () => {
      for (; sampling; await sleep(5)) samples.push(await running());
    })();
    const id = await ask(single, numbered(160));
    expect(await ended(id, 10_000)).toMatchObject({ state: 'succeeded', succeeded: 160 });
    sampling = false;
    await sampler;
    expect(Math.max(...samples)).toBe(2);
  }, 40_000);

  it('uses all slots again when the limit is lifted', async () => {
    await change({ limitTasks: 1 });
    await work(slowly(300), { slots: 16 });
    const id = await ask(single, numbered(64));
    while ((await running()) === 0) await sleep(10);
    await change({ limitTasks: null });
    let most = 0;
    for (const deadline = Date.now() + 5_000; most < 4 && Date.now() < deadline; await sleep(10)) most = Math.max(most, await running());
    expect(most).toBe(4);
    expect(await ended(id, 10_000)).toMatchObject({ state: 'succeeded' });
  });
});
