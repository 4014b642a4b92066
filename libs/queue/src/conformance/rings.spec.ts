// What is promised of rings, which may be lost or repeated. Against real servers.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eachChunk, planOf } from '@earshot/contracts';
import { Acceptor } from '@earshot/database';
import { jest } from '@jest/globals';
import { Dispatcher } from '../engine/dispatcher.js';
import { Engine } from '../engine/engine.js';
import { notify, redis } from '../testing/doorbells.js';
import { echo, named, numbered, single, staged, tasks, type Work } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

describe.each([notify, redis])('rings of $doorbell', ({ start }) => {
  const on = freshEngine(start);
  const { work, ask, ended } = on;
  const singleJob = (id: string, priority: number, stages = planOf(single)) => {
    const rest = { kind: 'single', input: { mode: 'plain' }, metadata: {}, waiter: null, deadlineAt: null, retryOf: null };
    return { id, priority, stages, ...rest };
  };
  const askAt = async (priority: number, name: string) => {
    const id = randomUUID();
    const { tasks: waiting } = await new Acceptor(on.database).submit({
      requestId: randomUUID(),
      workspaceId: on.workspace.id,
      createdAt: new Date(),
      clips: [],
      job: { ...singleJob(id, priority), items: named([name]) },
      keyed: null,
    });
    await on.doorbell.ring(waiting);
    return id;
  };

  const inChunks = async (itemsPerTask: number, items: number) => {
    const id = randomUUID();
    const stages = planOf({ ...single, stages: [eachChunk(tasks.first, { items: itemsPerTask })] });
    const { tasks: waiting } = await on.workspace.jobs.createOverClips(singleJob(id, 9, stages), numbered(items));
    await on.doorbell.ring(waiting);
    return id;
  };

  it('goes on when the doorbell has lost everything', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => ask(single, numbered(4))));
    await on.erase();
    await work();
    for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 4 });
  });

  it('finds tasks that nobody rang for', async () => {
    await work();
    await new Dispatcher(on.database, on.doorbell, ['train']).dispatch();
    const id = randomUUID();
    await on.workspace.jobs.createOverClips(singleJob(id, 9), numbered(900)); // more tasks than are rung for at once
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 900 });
  });

  it('begins a job of very many tasks at once, whose names nobody is told', async () => {
    await on.engine.close();
    const [looked, wake] = [jest.spyOn(on.doorbell, 'room'), jest.spyOn(on.doorbell, 'wake')];
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const engine = new Engine({ database: on.database, doorbell: on.doorbell, queues: ['train'], log, dispatchMs: 60_000 });
    on.closesLater(engine);
    engine.start();
    await work();
    while (looked.mock.calls.length === 0) await sleep(10);
    await sleep(100); // that look is over
    const id = randomUUID();
    const { tasks: waiting } = await on.workspace.jobs.createOverClips(singleJob(id, 5), numbered(900));
    expect(waiting).toEqual([]);
    engine.ring(waiting);
    expect(await ended(id, 20_000)).toMatchObject({ state: 'succeeded', succeeded: 900 });
    expect(wake).toHaveBeenCalledWith(['train']);
  });

  it('takes urgent work before work that was there first', async () => {
    const order: (string | null)[] = [];
    const note: Work = async (context, mode) => {
      order.push(...context.items.map(({ customId }) => customId));
      await echo(context, mode);
    };
    const ids = [await askAt(9, 'low'), await askAt(5, 'normal'), await askAt(0, 'high')];
    await work(note, { slots: 1 });
    await Promise.all(ids.map((id) => ended(id)));
    expect(order).toEqual(['high', 'normal', 'low']);
  });

  it('takes urgent work before work that it was rung for and has no slots for yet', async () => {
    const order: (string | null)[] = [];
    const note: Work = async (context, mode) => {
      await sleep(20);
      order.push(...context.items.map(({ customId }) => customId));
      await echo(context, mode);
    };
    const ids = await Promise.all(Array.from({ length: 60 }, (_, n) => askAt(9, `${n}`)));
    await work(note, { slots: 4 });
    while (order.length < 4) await sleep(5);
    ids.push(await askAt(0, 'urgent'));
    await Promise.all(ids.map((id) => ended(id)));
    expect(order.indexOf('urgent')).toBeLessThan(25);
  });

  it('takes urgent work into slots for which a chunk waits, which goes on when it has them', async () => {
    const gate = Promise.withResolvers<void>();
    const begun: number[] = [];
    const work: Work = async (context, mode) => {
      if (context.items.length > 1) {
        begun.push(context.ordinal);
        await gate.promise;
      }
      await echo(context, mode);
    };
    await on.work(work, { slots: 6 }); // for one chunk, and two more
    const chunks = await inChunks(4, 12);
    while (begun.length === 0) await sleep(5);
    for (let n = 0; n < 3; n++) await ended(await askAt(0, 'urgent'), 5_000);
    expect(begun).toEqual([0]);
    gate.resolve();
    expect(await ended(chunks)).toMatchObject({ state: 'succeeded', succeeded: 12 });
  });

  it('works on no more items at a time than it has slots, however many it is rung for', async () => {
    let working = 0;
    let most = 0;
    const id = await ask(staged, numbered(24)); // the first stage has a task for each
    await work(
      async (context, mode) => {
        working += context.items.length;
        most = Math.max(most, working);
        await sleep(20);
        await echo(context, mode);
        working -= context.items.length;
      },
      { slots: 3 },
    );
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 24 });
    expect(most).toBe(3);
  });
});
