import { Database } from '../database.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sampleClip, sampleJob, sampleKey, sampleRequest } from '../testing/sample.js';
import { Acceptor } from './accept.js';

describe('accepting requests', () => {
  const fresh = freshDatabase();
  let acceptor: Acceptor;
  beforeEach(() => {
    acceptor = new Acceptor(fresh.database);
  });

  const references = async (sha256: string) => (await fresh.database.prisma.blob.findFirst({ where: { sha256 } }))?.references;

  it('writes clips, job, items and tasks, and answers the tasks to ring for', async () => {
    const job = sampleJob();
    const { accepted, tasks } = await acceptor.submit(
      sampleRequest(fresh.workspace.id, [sampleClip(), sampleClip(), sampleClip()], { job }),
    );
    expect(accepted).toBe(true);
    expect(tasks.map(({ queue, slot, priority, items }) => ({ queue, slot, priority, items }))).toEqual([
      { queue: 'extract', slot: 'short', priority: 5, items: 2 },
      { queue: 'extract', slot: 'short', priority: 5, items: 1 },
    ]);
    expect(await fresh.workspace.jobs.get(job.id)).toMatchObject({ state: 'queued', total: 3, stage: 'only', tasks: 2, tasksRemaining: 2 });
    expect((await fresh.workspace.jobs.items(job.id, { limit: 10 })).map(({ index, state }) => [index, state])).toEqual([
      [0, 'pending'],
      [1, 'pending'],
      [2, 'pending'],
    ]);
  });

  it('counts every clip that refers to the same bytes', async () => {
    const clips = ['same', 'same', 'other'].map((content) => sampleClip(content));
    await Promise.all(clips.map((clip) => acceptor.submit(sampleRequest(fresh.workspace.id, [clip], { job: null }))));
    await acceptor.submit(sampleRequest(fresh.workspace.id, [sampleClip('same'), sampleClip('same')], { job: null }));
    expect(await references(clips[0]!.sha256)).toBe(4);
    expect(await references(clips[2]!.sha256)).toBe(1);
  });

  it('keeps requests that share a statement apart', async () => {
    const jobs = Array.from({ length: 30 }, () => sampleJob());
    const answers = await Promise.all(jobs.map((job) => acceptor.submit(sampleRequest(fresh.workspace.id, [sampleClip()], { job }))));
    expect(new Set(answers.flatMap(({ tasks }) => tasks.map(({ id }) => id))).size).toBe(30);
    for (const { id } of jobs) expect(await fresh.workspace.jobs.get(id)).toMatchObject({ total: 1, tasks: 1 });
  });

  it('does the work of one of many equal requests, and stores its answer', async () => {
    const other = new Acceptor(fresh.database);
    const requests = Array.from({ length: 50 }, () => sampleRequest(fresh.workspace.id, [sampleClip()], { keyed: sampleKey('once') }));
    const answers = await Promise.all(requests.map((request, i) => (i % 2 === 0 ? acceptor : other).submit(request)));
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(await fresh.workspace.jobs.count({})).toEqual({ total: 1, isExact: true });
    expect(await fresh.database.prisma.clip.count()).toBe(1);
    expect(await fresh.workspace.answers.find(sampleKey('once'), 'f'.repeat(64))).toEqual({
      status: 201,
      body: 'answer to once',
      jobId: null,
    });
  });

  it('refuses another request under a key that was used', async () => {
    await acceptor.submit(sampleRequest(fresh.workspace.id, [sampleClip()], { keyed: sampleKey('k') }));
    await expect(fresh.workspace.answers.find(sampleKey('k'), 'e'.repeat(64))).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect(await fresh.workspace.answers.find(sampleKey('k', { holder: 'somebody else' }), 'f'.repeat(64))).toBeNull();
  });

  it('refuses only the member of a group whose row cannot be written', async () => {
    const bad = { ...sampleClip(), filename: 'a\u0000b' };
    const answers = await Promise.allSettled(
      [sampleClip(), bad, sampleClip()].map((clip) => acceptor.submit(sampleRequest(fresh.workspace.id, [clip], { job: null }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await fresh.database.prisma.clip.count()).toBe(2);
  });

  it('says DATABASE_UNAVAILABLE when Postgres is away', async () => {
    const away = new Database({ url: 'postgresql://earshot:none@127.0.0.1:1/none', applicationName: 'accept-spec' });
    await expect(new Acceptor(away).submit(sampleRequest(fresh.workspace.id, [sampleClip()]))).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await away.close();
  });
});
