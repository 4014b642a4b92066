import { freshDatabase } from '../testing/fresh-database.js';
import { sampleClip, samplePart, sampleRequest } from '../testing/sample.js';
import { working } from '../testing/working.js';
import { Acceptor } from './accept.js';
import { Claimer } from './claim.js';
import { Leases } from './lease.js';

describe('a claim', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const one = (changes: Parameters<typeof samplePart>[0]) => [{ name: 'only', parts: [samplePart(changes)] }];

  it('takes only what the worker can do, and leaves the rest as it is', async () => {
    const newer = await on.create(one({ version: 2 }));
    const other = await on.create(one({ task: 'sample.other' }));
    expect(await on.claim()).toEqual([]);
    const ids = [...(await on.tasks(newer)), ...(await on.tasks(other))].map(({ id }) => Number(id));
    expect(await new Claimer(fresh.database, 'spec', [{ name: 'sample.only', version: 1 }]).claim(ids)).toEqual([]);
    expect(await on.tasks(newer)).toMatchObject([{ state: 'queued', attempt: 0 }]);
    expect(await on.claim(10, { able: [{ name: 'sample.only', version: 3 }] })).toMatchObject([{ jobId: newer, version: 2 }]);
  });

  it('takes what was written a moment ago, however its time is rounded', async () => {
    const id = await on.create(one({}), 1);
    for (let n = 0; n < 60; n++) {
      await on.sql(`update task set state = 'queued', run_after = now() where job_id = $1`, [id]);
      expect(await on.claim()).toHaveLength(1);
    }
  });

  it('takes tasks of the kind of slot that is free', async () => {
    const id = await on.create(one({ slot: 'long' }));
    expect(await on.claim()).toEqual([]);
    const claimer = new Claimer(fresh.database, 'spec', [{ name: 'sample.only', version: 1 }]);
    expect(await claimer.claimNext(['extract'], 1, { slot: 'long' })).toMatchObject([{ jobId: id, slot: 'long' }]);
  });

  it('does not wait for a job that is locked: the next heartbeat marks it as running', async () => {
    const id = await on.create(one({ itemsPerTask: 0 }));
    const [task] = await fresh.database.transaction(async (client) => {
      await client.query('select 1 from job where id = $1 for update', [id]);
      return on.claim();
    });
    expect(await on.job(id)).toMatchObject({ state: 'queued' });
    expect(await new Leases(fresh.database).extend('spec', [task!])).toEqual(new Set([task!.id]));
    expect(await on.job(id)).toMatchObject({ state: 'running', startedAt: expect.any(Date), events: 1 });
  });

  it('tells of which clips something that was computed is kept', async () => {
    const clips = ['known', 'new'].map(sampleClip);
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, clips));
    const [known] = clips;
    await fresh.workspace.derived.keep(
      [{ sha256: known!.sha256, recipe: 'r', shape: [0], facts: {}, place: { bytes: new Uint8Array() } }],
      [],
    );
    const [task] = await on.claim();
    expect(task?.items.map(({ hasDerived }) => hasDerived)).toEqual([true, false]);
  });

  it('brings no items to a task for the whole job, however many there are', async () => {
    await on.create(one({ itemsPerTask: 0 }), 3);
    expect(await on.claim()).toMatchObject([{ fromIndex: 0, toIndex: 0, items: [] }]);
  });
});
