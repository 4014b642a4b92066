import { setTimeout as sleep } from 'node:timers/promises';
import { Backlog } from './backlog.js';
import { closeJobs } from './close-jobs.js';
import { Acceptor } from './hot/accept.js';
import { Claimer } from './hot/claim.js';
import { Leases } from './hot/lease.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleAbility, sampleClip, sampleJob, sampleRequest } from './testing/sample.js';

describe('the backlog', () => {
  const fresh = freshDatabase();

  it('counts what waits and what is worked on, of each queue and kind, and for how long the oldest has waited', async () => {
    const { database, workspace } = fresh;
    const backlog = new Backlog(database);
    expect(await backlog.jobs()).toEqual([]);
    for (const items of [3, 1]) {
      const clips = Array.from({ length: items }, () => ({ clipId: null, customId: null }));
      await workspace.jobs.createOverClips(sampleJob(), clips); // two items a task
    }
    await new Claimer(database, 'spec', sampleAbility).claimNext(['extract'], 2);
    await sleep(50);
    const [sample, other] = await backlog.tasks(['extract', 'train']);
    expect(sample).toMatchObject({ queue: 'extract', queued: 2, running: 1 });
    expect(sample?.oldestSeconds).toBeGreaterThan(0.04);
    expect(other).toEqual({ queue: 'train', queued: 0, running: 0, oldestSeconds: null });
    expect(await backlog.jobs()).toEqual(
      expect.arrayContaining([
        { kind: 'sample', state: 'running', jobs: 1 },
        { kind: 'sample', state: 'queued', jobs: 1 },
      ]),
    );
  });

  it('tells what each caller has waiting: jobs, items without a result, and the bytes that came with them', async () => {
    const { database, workspace } = fresh;
    const backlog = new Backlog(database);
    const items = (count: number) => Array.from({ length: count }, () => ({ clipId: null, customId: null }));
    await workspace.jobs.createOverClips(sampleJob({ caller: 'mobile' }), items(3));
    await workspace.jobs.createOverClips(sampleJob({ caller: 'mobile' }), items(0));
    const clips = [sampleClip('four'), sampleClip('fourteen chars')];
    const job = sampleJob({ caller: 'batch', bytes: 18 });
    await new Acceptor(database).submit(sampleRequest(workspace.id, clips, { job }));
    const ended = sampleJob({ caller: 'batch' });
    await workspace.jobs.createOverClips(ended, items(50));
    await closeJobs(database, [ended.id], 'cancelled', { code: 'JOB_CANCELLED', detail: 'x' });
    expect((await backlog.waiting()).toSorted((a, b) => a.caller.localeCompare(b.caller))).toEqual([
      { caller: 'batch', jobs: 1, items: 2, bytes: 18 },
      { caller: 'mobile', jobs: 2, items: 4, bytes: 0 },
    ]);
  });

  it('counts the workers that live, those that end apart, and the dead not at all', async () => {
    const { database } = fresh;
    const leases = new Leases(database);
    for (const name of ['one', 'two', 'dead', 'reconciler']) await leases.extend(name, []);
    await database.run({ name: '', text: `update worker set seen_at = now() - interval '11 s' where name = 'dead'` }, []);
    await leases.beginEnding('two');
    expect(await new Backlog(database).workers()).toEqual({ live: 1, ending: 1 });
  });
});
