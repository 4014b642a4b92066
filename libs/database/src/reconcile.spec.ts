import { Checkpoints } from './checkpoints.js';
import { Claimer } from './hot/claim.js';
import { Leases } from './hot/lease.js';
import { LookForDead } from './look-for-dead.js';
import { Reconciliation } from './reconcile.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleAbility, samplePart, sampleStage } from './testing/sample.js';
import { working } from './testing/working.js';

describe('a task whose lease ran out', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const one = (changes: Parameters<typeof samplePart>[0] = {}) => [{ name: 'only', parts: [samplePart({ itemsPerTask: 1, ...changes })] }];
  const expire = (id: string) =>
    on.sql(`update task set lease_until = now() - interval '1 s' where job_id = $1 and state = 'running'`, [id]);
  const lose = (worker: string) => on.sql(`update worker set seen_at = now() - interval '1 min' where name = $1`, [worker]);
  let look: LookForDead;
  let leases: Leases;
  beforeEach(() => {
    look = new LookForDead(fresh.database, 'now'); // PostgreSQL takes that as the instant of each statement
    leases = new Leases(fresh.database);
  });

  it('is no suspect while its worker lives: that only lost it', async () => {
    const id = await on.create([sampleStage], 2);
    await on.claim();
    await leases.extend('spec', []);
    await expire(id);
    expect(await look.splitExpired()).toEqual([]);
    expect(await look.requeueExpired()).toMatchObject([{ items: 2 }]);
    expect(await on.tasks(id)).toMatchObject([{ state: 'queued', suspect: false, kills: 0 }]);
  });

  it('is a suspect when its worker was not seen for the length of a lease', async () => {
    const id = await on.create(one(), 1);
    const tasks = await on.claim();
    await leases.extend('spec', tasks);
    await lose('spec');
    await expire(id);
    expect(await look.requeueExpired()).toHaveLength(1);
    expect(await on.tasks(id)).toMatchObject([{ state: 'queued', suspect: true, kills: 0 }]);
  });

  it('counts a death of its worker when it ran alone', async () => {
    const id = await on.create(one(), 1);
    const [task] = await on.claim();
    await leases.startAlone(task!);
    await expire(id);
    await look.requeueExpired();
    expect(await on.tasks(id)).toMatchObject([{ suspect: true, kills: 1 }]);
  });

  it('counts no death beside a long task, which then waits, so that the next one shows which of them it was', async () => {
    const id = await on.create(one(), 1);
    const longId = await on.create(one({ slot: 'long', itemsPerTask: 0 }));
    const dies = async () => {
      const [task] = await on.claim();
      await leases.startAlone(task!);
      for (const each of [id, longId]) await expire(each);
      await look.requeueExpired();
    };
    const waitSeconds = async (jobId: string) =>
      Number(
        (await on.sql('select extract(epoch from run_after - now()) as seconds from task where job_id = $1', [jobId]))[0]?.['seconds'],
      );
    expect(await on.claim(1, { slot: 'long' })).toHaveLength(1);
    await dies();
    expect([...(await on.tasks(id)), ...(await on.tasks(longId))]).toMatchObject([
      { state: 'queued', suspect: true, kills: 0 },
      { state: 'queued', suspect: false, kills: 0 },
    ]);
    expect(await on.claim(1, { slot: 'long' })).toEqual([]);
    expect(await waitSeconds(longId)).toBeCloseTo(15, 0);
    await dies();
    expect(await on.tasks(id)).toMatchObject([{ state: 'queued', kills: 1 }]);
    await on.sql(`update task set run_after = now(), deaths = 3 where job_id = $1`, [longId]);
    expect(await on.claim(1, { slot: 'long' })).toHaveLength(1);
    await dies();
    expect(await waitSeconds(longId)).toBeCloseTo(30, 0);
  });

  it('is judged together with what its worker held beside it, though their leases end one after the other', async () => {
    const id = await on.create(one(), 1);
    const longId = await on.create(one({ slot: 'long', itemsPerTask: 0 }));
    await on.claim(1, { slot: 'long' });
    const [task] = await on.claim();
    await leases.startAlone(task!);
    await lose('spec');
    await expire(longId);
    expect(await look.requeueExpired()).toEqual([]);
    await expire(id);
    expect(await look.requeueExpired()).toHaveLength(2);
    expect([...(await on.tasks(id)), ...(await on.tasks(longId))]).toMatchObject([{ kills: 0 }, { kills: 0 }]);
  });

  it('is judged as it was when the look began, though the lease of what ran beside it ends while it looks', async () => {
    const chunkId = await on.create([sampleStage], 2);
    const longId = await on.create(one({ slot: 'long', itemsPerTask: 0 }));
    await on.claim(1, { slot: 'long' });
    await on.claim();
    const ended = (id: string, interval: string) =>
      on.sql(`update task set lease_until = now() - $2::interval where job_id = $1 and state = 'running'`, [id, interval]);
    await ended(longId, '1 min');
    await ended(chunkId, '1 s');
    const [begun] = await on.sql(`select (now() - interval '5 s')::text as instant`);
    const earlier = new LookForDead(fresh.database, String(begun?.['instant']));
    expect([await earlier.requeueExpired(), await earlier.splitExpired(), await earlier.takeQuarantined()]).toEqual([[], [], []]);
    expect(await look.requeueExpired()).toHaveLength(1);
    expect(await look.splitExpired()).toHaveLength(2);
    expect(await on.tasks(longId)).toMatchObject([{ state: 'queued', kills: 0, deaths: 1 }]);
  });

  it('is taken before the long task beside which its worker died', async () => {
    const id = await on.create(one(), 1);
    const longId = await on.create(one({ slot: 'long', itemsPerTask: 0 }));
    await on.claim(1, { slot: 'long' });
    await on.claim();
    for (const each of [id, longId]) await expire(each);
    await look.requeueExpired();
    expect(await on.claim(1, { slot: 'long' })).toEqual([]);
    expect(await on.claim()).toHaveLength(1);
    await on.sql(`update task set run_after = run_after - interval '2 s' where job_id = $1`, [longId]);
    expect(await on.claim(1, { slot: 'long' })).toHaveLength(1);
  });

  it('counts no death of a worker that was told to end', async () => {
    const id = await on.create(one(), 1);
    const [task] = await on.claim();
    await leases.startAlone(task!);
    await leases.beginEnding('spec');
    await lose('spec');
    await expire(id);
    await look.requeueExpired();
    expect(await on.tasks(id)).toMatchObject([{ suspect: true, kills: 0 }]);
  });

  it('is split when it is a chunk of a dead worker', async () => {
    const id = await on.create([sampleStage], 2);
    await on.claim();
    await expire(id);
    expect(await look.requeueExpired()).toEqual([]);
    expect(await look.splitExpired()).toHaveLength(2);
    expect(await on.tasks(id)).toMatchObject([
      { from_index: 0, to_index: 1, suspect: true },
      { from_index: 1, to_index: 2, suspect: true },
    ]);
  });

  it('is split into parts when it has many items, and a part that dies again into items, so that innocent ones cost little', async () => {
    const id = await on.create([{ name: 'only', parts: [samplePart({ itemsPerTask: 40 })] }], 40);
    await on.claim();
    await expire(id);
    const sizes = (await look.splitExpired()).map(({ items }) => items);
    expect(sizes.sort()).toEqual([1, ...Array(13).fill(3)]);
    const ranges = (await on.tasks(id)).map(({ from_index, to_index, suspect }) => [from_index, to_index, suspect]);
    expect([ranges[0], ranges[1], ranges.at(-1)]).toEqual([
      [0, 3, true],
      [3, 6, true],
      [39, 40, true],
    ]);
    expect(await on.sql('select tasks, remaining from stage where job_id = $1', [id])).toEqual([{ tasks: 14, remaining: 14 }]);
    await on.claim(1);
    await expire(id);
    expect((await look.splitExpired()).map(({ items }) => items)).toEqual([1, 1, 1]);
    for (let claimed = await on.claim(); claimed.length > 0; claimed = await on.claim()) await on.commit(claimed[0]!); // one at a time
    expect(await on.job(id)).toMatchObject({ state: 'succeeded' });
  });

  describe('in a long slot', () => {
    const long = () => on.create(one({ slot: 'long', itemsPerTask: 0 }), 0);
    const die = async (ids: string[]) => {
      for (const id of ids) await expire(id);
      await look.requeueExpired();
      return look.takeQuarantined();
    };

    it('runs beside others again, and counts no death that it may share', async () => {
      const ids = [await long(), await long()];
      expect(await on.claim(2, { slot: 'long' })).toHaveLength(2);
      await die(ids);
      for (const id of ids) expect(await on.tasks(id)).toMatchObject([{ state: 'queued', suspect: false, kills: 0 }]);
    });

    it('is claimed like any other when it was a chunk of a dead worker', async () => {
      const id = await on.create([{ name: 'only', parts: [samplePart({ slot: 'long' })] }], 2);
      await on.claim(1, { slot: 'long' });
      await expire(id);
      expect(await look.splitExpired()).toHaveLength(2);
      const claimer = new Claimer(fresh.database, 'spec', sampleAbility);
      const rings = { withSuspect: false, slot: 'long' } as const; // suspects are looked for among short tasks alone
      expect(await claimer.claimNext(['extract'], 10, rings)).toHaveLength(2);
    });

    it('is given up after three deaths of workers that did nothing else', async () => {
      const id = await long();
      for (const deaths of [1, 2]) {
        await on.claim(1, { slot: 'long' });
        expect(await die([id])).toEqual([]);
        expect(await on.tasks(id)).toMatchObject([{ state: 'queued', suspect: false, kills: deaths }]);
      }
      await on.claim(1, { slot: 'long' });
      expect(await die([id])).toMatchObject([{ jobId: id, attempt: 4 }]);
    });

    /** The worker has a short task of somebody else's beside it, a new one each time. */
    async function diesBesideOthers(id: string): Promise<unknown[]> {
      await on.sql(`update task set run_after = now() where job_id = $1`, [id]);
      await on.claim(1, { slot: 'long' });
      const other = await on.create(one(), 1);
      await on.claim();
      const guilty = await die([id, other]);
      for (const task of await on.claim()) await on.commit(task);
      return guilty;
    }

    it('is given up after nine deaths beside others, for it is never alone', async () => {
      const id = await long();
      for (let deaths = 1; deaths < 9; deaths++) expect(await diesBesideOthers(id)).toEqual([]);
      expect(await diesBesideOthers(id)).toMatchObject([{ jobId: id }]);
    });

    it('is not given up for one death beside others after two alone, which all may have been bad luck', async () => {
      const id = await long();
      for (let deaths = 1; deaths <= 2; deaths++) {
        await on.claim(1, { slot: 'long' });
        expect(await die([id])).toEqual([]);
      }
      for (let attempt = 3; attempt < 9; attempt++) expect(await diesBesideOthers(id)).toEqual([]);
      expect(await on.tasks(id)).toMatchObject([{ state: 'queued', deaths: 8, kills: 2 }]);
      expect(await diesBesideOthers(id)).toMatchObject([{ jobId: id }]);
    });

    it('counts no attempt that was handed back as a death', async () => {
      const id = await long();
      for (let handedBack = 0; handedBack < 2; handedBack++) await leases.giveBack(await on.claim(1, { slot: 'long' }));
      expect(await diesBesideOthers(id)).toEqual([]);
      expect(await on.tasks(id)).toMatchObject([{ state: 'queued', attempt: 3, kills: 0, deaths: 1 }]);
    });

    it('is given up once what its worker held beside it has gone back', async () => {
      const ids = [await long(), await long()];
      await on.claim(2, { slot: 'long' });
      await on.sql('update task set kills = 2, deaths = 26 where job_id = $1', [ids[0]]);
      for (const id of ids) await expire(id);
      expect(await look.takeQuarantined()).toEqual([]);
      expect(await die([])).toMatchObject([{ jobId: ids[0] }]);
      expect(await on.tasks(ids[1]!)).toMatchObject([{ state: 'queued', kills: 0 }]);
    });

    it('is not given up for another one that was beside it each time, and is if it dies without that', async () => {
      const ids = [await long(), await long()];
      const waits: number[] = [];
      for (let death = 1; death <= 10; death++) {
        expect(await on.claim(2, { slot: 'long' })).toHaveLength(2);
        expect(await die(ids)).toEqual([]);
        for (const { wait } of await on.sql('select extract(epoch from run_after - now())::float8 as wait from task'))
          waits.push(Number(wait));
        await on.sql('update task set run_after = now()');
      }
      expect(Math.max(...waits)).toBeLessThan(7 * 60);
      expect(Math.max(...waits)).toBeGreaterThan(60);
      const [guilty, innocent] = ids as [string, string];
      await on.sql(`update task set run_after = now() + interval '1 min' where job_id = $1`, [innocent]);
      for (const deaths of [2, 3]) {
        expect(await on.claim(2, { slot: 'long' })).toMatchObject([{ jobId: guilty }]);
        expect(await die([guilty])).toMatchObject(deaths === 3 ? [{ jobId: guilty }] : []);
      }
      expect(await on.tasks(innocent)).toMatchObject([{ state: 'queued', kills: 1 }]);
    });

    it('parts from one that comes to a checkpoint before each of its deaths: that waits by the deaths of the other', async () => {
      const [killer, innocent] = [await long(), await long()];
      const waits: number[] = [];
      for (let death = 0; death < 5; death++) {
        await on.sql('update task set run_after = now()');
        await on.sql('update task set deaths = 6 where job_id = $1', [innocent]);
        const tasks = await on.claim(2, { slot: 'long' });
        const task = tasks.find(({ jobId }) => jobId === killer);
        await new Checkpoints(fresh.database).write(task!, { step: death, document: {}, blobs: [] });
        await die([killer, innocent]);
        const [after] = await on.sql('select deaths, extract(epoch from run_after - now())::float8 as wait from task where job_id = $1', [
          killer,
        ]);
        expect(after).toMatchObject({ deaths: 1 });
        waits.push(Number(after?.['wait']));
      }
      expect(Math.max(...waits)).toBeGreaterThan(1);
      expect(Math.max(...waits)).toBeLessThan(4 * 60);
    });

    it('parts from another one beside which it dies again and again', async () => {
      const ids = [await long(), await long()];
      let together = 0;
      for (let death = 0; death < 8; death++) {
        together += (await on.claim(2, { slot: 'long' })).length === 2 ? 1 : 0;
        await die(ids);
      }
      expect(together).toBe(4);
    });
  });
});

describe('a look for the dead', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const startedLongAgo = () => on.sql(`update worker set since = now() - interval '1 hour', seen_at = now() where name = 'reconciler'`);

  it('is trusted when Postgres has run, and somebody looked, for the length of a lease', async () => {
    const reconciliation = new Reconciliation(fresh.database);
    expect(await reconciliation.beginLook()).toBeUndefined(); // nobody has looked before
    await startedLongAgo();
    const [server] = await on.sql(`select pg_postmaster_start_time() < now() - interval '10 s' as "isOld"`);
    expect((await reconciliation.beginLook()) !== undefined).toBe(server?.['isOld']);
  });

  it('is not trusted when nobody could look for a while', async () => {
    const reconciliation = new Reconciliation(fresh.database);
    await reconciliation.beginLook();
    await on.sql(`update worker set since = now() - interval '1 hour', seen_at = now() - interval '11 s' where name = 'reconciler'`);
    expect(await reconciliation.beginLook()).toBeUndefined();
    expect(await on.sql(`select 1 from worker where name = 'reconciler' and since > now() - interval '9 s'`)).toHaveLength(1);
  });
});
