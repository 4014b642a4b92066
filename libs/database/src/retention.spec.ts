import { Acceptor } from './hot/accept.js';
import { Claimer } from './hot/claim.js';
import { Committer } from './hot/commit.js';
import { Retention, type RetentionPolicy } from './retention.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleAbility, sampleClip, sampleJob, sampleKey, sampleRequest } from './testing/sample.js';

describe('the retention', () => {
  const fresh = freshDatabase();
  const tables = ['job', 'stage', 'task', 'item', 'event', 'unlisted_job'] as const;

  async function ended(kind = 'sample', clips = [sampleClip(), sampleClip(), sampleClip()]) {
    const job = sampleJob({ kind });
    const { tasks } = await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, clips, { job }));
    const claimed = await new Claimer(fresh.database, 'spec', sampleAbility).claim(tasks.map(({ id }) => id));
    for (const task of claimed)
      await new Committer(fresh.database).submit({ ...task, items: task.items.map(({ index }) => ({ index, result: {} })) });
    return { id: job.id, clips };
  }
  const sql = (text: string, values: unknown[] = []) => fresh.database.run<Record<string, number>>({ name: '', text }, values);
  const age = (id: string, days: number) => sql(`update job set finished_at = now() - $2 * interval '1 day' where id = $1`, [id, days]);
  const sweep = (policy: Partial<RetentionPolicy> = {}) => new Retention(fresh.database, { days: 30, daysByKind: {}, ...policy }).sweep();
  const rowsOf = async (id: string) => {
    const counts = await Promise.all(
      tables.map((table) => sql(`select count(*)::int as n from ${table} where ${table === 'job' ? 'id' : 'job_id'} = $1`, [id])),
    );
    return counts.map(([row]) => row?.['n']);
  };

  it('removes a job with all that is its own, once it ended too long ago, and no other', async () => {
    const [old, young, open] = [await ended(), await ended(), sampleJob()];
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [sampleClip()], { job: open }));
    await age(old.id, 31);
    await age(young.id, 29);
    expect(await sweep()).toMatchObject({ jobs: 1, items: 3, isDone: true });
    expect(await rowsOf(old.id)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await rowsOf(young.id)).toEqual([1, 1, 2, 3, expect.any(Number), 0]);
    expect(await rowsOf(open.id)).toEqual([1, 1, 1, 1, 0, 0]);
    await expect(fresh.workspace.jobs.get(old.id)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it('leaves the clips of a removed job, and their bytes', async () => {
    const { id, clips } = await ended();
    await age(id, 31);
    await sweep();
    expect(await fresh.workspace.clips.get(clips[0]!.id)).toMatchObject({ filename: clips[0]!.filename });
    expect(await fresh.database.prisma.blob.count({ where: { references: 1 } })).toBe(3);
  });

  it('keeps each kind for its own time, some for good', async () => {
    const jobs = [await ended('short'), await ended('usual'), await ended('kept')];
    for (const { id } of jobs) await age(id, 40);
    const policy = { days: 60, daysByKind: { short: 7, kept: null } };
    expect(await sweep(policy)).toMatchObject({ jobs: 1 });
    expect(await rowsOf(jobs[0]!.id)).toEqual([0, 0, 0, 0, 0, 0]);
    for (const { id } of jobs.slice(1)) await age(id, 4_000);
    expect(await sweep({ ...policy, days: null })).toMatchObject({ jobs: 0 });
    expect(await sweep(policy)).toMatchObject({ jobs: 1 });
    expect((await rowsOf(jobs[2]!.id))[0]).toBe(1);
  });

  it('removes what is left of a deleted clip when no job names it any more', async () => {
    const { id, clips } = await ended();
    for (const clip of clips) await fresh.workspace.clips.delete(clip.id, { force: false });
    await sql(`update clip set deleted_at = now() - interval '31 days' where id <> $1`, [clips[0]!.id]);
    expect(await sweep()).toMatchObject({ clips: 0 });
    await age(id, 31);
    expect(await sweep()).toMatchObject({ jobs: 1, clips: 2 });
    expect((await fresh.database.prisma.clip.findMany()).map((clip) => clip.id)).toEqual([clips[0]!.id]);
  });

  it('forgets answers after a day', async () => {
    for (const key of ['old', 'young'])
      await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [sampleClip()], { keyed: sampleKey(key) }));
    await sql(`update idempotency_key set created_at = now() - interval '25 hours' where key = 'old'`);
    expect(await sweep()).toMatchObject({ answers: 1 });
    expect(await fresh.workspace.answers.find(sampleKey('young'), 'f'.repeat(64))).not.toBeNull();
  });

  it('goes on another time with what it does not manage, and finds it', async () => {
    const { id } = await ended(
      'sample',
      Array.from({ length: 40 }, () => sampleClip()),
    );
    await age(id, 31);
    expect(await new Retention(fresh.database, { days: 30, daysByKind: {} }).sweep({ limitMs: 1 })).toMatchObject({ isDone: false });
    expect(await sweep()).toMatchObject({ isDone: true });
    expect(await rowsOf(id)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('removes all jobs of more than a page, however many ended at the same moment', async () => {
    const { id } = await ended();
    const copy = `jsonb_populate_record(j, jsonb_build_object('id', gen_random_uuid(), 'state', 'queued', 'finished_at', null))`;
    await sql(`insert into job select (${copy}).* from job j cross join generate_series(1, 1200) n where j.id = $1`, [id]);
    await sql(`update job set state = 'succeeded', finished_at = now() - (31 + abs(hashtext(id::text)) % 3) * interval '1 day'`);
    expect(await sweep()).toMatchObject({ jobs: 1_201, isDone: true });
    expect(await fresh.database.prisma.job.count()).toBe(0);
  });

  it('is the business of one process at a time', async () => {
    const { id } = await ended();
    await age(id, 31);
    const all = await Promise.all(Array.from({ length: 4 }, () => sweep()));
    expect(all.filter((removed) => removed !== null).reduce((jobs, removed) => jobs + removed.jobs, 0)).toBe(1);
  });
});
