import { BlobLedger } from './blob.repository.js';
import { Acceptor } from './hot/accept.js';
import { Claimer } from './hot/claim.js';
import { Committer } from './hot/commit.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleAbility, sampleClip, sampleJob, sampleRequest } from './testing/sample.js';
import { Workspaces } from './workspace.js';

describe('the clips of a workspace', () => {
  const fresh = freshDatabase();
  let acceptor: Acceptor;
  beforeEach(() => {
    acceptor = new Acceptor(fresh.database);
  });

  it('do not exist for another workspace', async () => {
    const clip = sampleClip();
    await acceptor.submit(sampleRequest(fresh.workspace.id, [clip], { job: null }));
    const other = await new Workspaces(fresh.database).named('other');
    expect(await fresh.workspace.clips.get(clip.id)).toMatchObject({ filename: clip.filename });
    await expect(other.clips.get(clip.id)).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND' });
    await expect(other.clips.delete(clip.id, { force: true })).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND' });
    await expect(other.jobs.createOverClips(sampleJob(), [{ clipId: clip.id, customId: null }])).rejects.toMatchObject({
      code: 'CLIP_NOT_FOUND',
    });
  });

  it('cannot be deleted while work on them waits, unless by force', async () => {
    const clip = sampleClip();
    const job = sampleJob();
    const { tasks } = await acceptor.submit(sampleRequest(fresh.workspace.id, [clip, sampleClip()], { job }));
    await expect(fresh.workspace.clips.delete(clip.id, { force: false })).rejects.toMatchObject({ code: 'CLIP_IN_USE' });

    await fresh.workspace.clips.delete(clip.id, { force: true });
    expect(await fresh.workspace.jobs.get(job.id)).toMatchObject({ failed: 1, total: 2 });
    const [task] = await new Claimer(fresh.database, 'spec', sampleAbility).claim(tasks.map(({ id }) => id));
    expect(task?.items.map(({ index }) => index)).toEqual([1]);
    await new Committer(fresh.database).submit({ ...task!, items: [{ index: 1, result: { fine: true } }] });
    expect(await fresh.workspace.jobs.get(job.id)).toMatchObject({ state: 'succeeded', succeeded: 1, failed: 1 });
    const [item] = await fresh.workspace.jobs.items(job.id, { limit: 1 });
    expect(item).toMatchObject({ state: 'failed', error: { code: 'CLIP_DELETED' }, filename: clip.filename });
  });

  it('leave their bytes to the sweep when the last of them is deleted', async () => {
    const [one, two] = [sampleClip('bytes'), sampleClip('bytes')];
    await acceptor.submit(sampleRequest(fresh.workspace.id, [one, two], { job: null }));
    const ledger = new BlobLedger(fresh.database);
    const removed: string[] = [];
    const sweep = () => ledger.sweep(async ({ sha256 }) => removed.push(sha256) > 0, { olderThanSeconds: 0 });

    await fresh.workspace.clips.delete(one.id, { force: false });
    expect(await sweep()).toBe(0);
    await fresh.workspace.clips.delete(two.id, { force: false });
    expect(await ledger.sweep(async () => true)).toBe(0); // not yet: the grace time
    expect(await sweep()).toBe(1);
    expect(removed).toEqual([one.sha256]);
    expect(await ledger.strays([{ workspaceId: fresh.workspace.id, sha256: one.sha256 }])).toHaveLength(1);
  });

  it('keep their bytes when these are uploaded again before the sweep', async () => {
    const clip = sampleClip('again');
    await acceptor.submit(sampleRequest(fresh.workspace.id, [clip], { job: null }));
    await fresh.workspace.clips.delete(clip.id, { force: false });
    await acceptor.submit(sampleRequest(fresh.workspace.id, [sampleClip('again')], { job: null }));
    expect(await new BlobLedger(fresh.database).sweep(async () => true, { olderThanSeconds: 0 })).toBe(0);
  });

  it('stay in the ledger when the store would not remove them', async () => {
    const clips = [sampleClip('a'), sampleClip('b')];
    await acceptor.submit(sampleRequest(fresh.workspace.id, clips, { job: null }));
    for (const { id } of clips) await fresh.workspace.clips.delete(id, { force: false });
    const ledger = new BlobLedger(fresh.database);
    expect(await ledger.sweep(async ({ sha256 }) => sha256 === clips[1]!.sha256, { olderThanSeconds: 0 })).toBe(1);
    expect(await ledger.strays(clips.map(({ sha256 }) => ({ workspaceId: fresh.workspace.id, sha256 })))).toMatchObject([
      { sha256: clips[1]!.sha256 },
    ]);
  });

  it('are all offered to the sweep, also when more than a page of them went at the same moment and the store removes none', async () => {
    const clips = Array.from({ length: 100 }, () => sampleClip());
    await acceptor.submit(sampleRequest(fresh.workspace.id, clips, { job: null }));
    await fresh.database.run({ name: '', text: `update blob set "references" = 0, unreferenced_at = now() - interval '2 s'` }, []);
    const ledger = new BlobLedger(fresh.database);
    const offered = new Set<string>();
    const keep = async ({ sha256 }: { sha256: string }) => {
      offered.add(sha256);
      return false;
    };
    expect(await ledger.sweep(keep, { olderThanSeconds: 0 })).toBe(0);
    expect(offered.size).toBe(100);
    expect(await ledger.sweep(async () => true, { olderThanSeconds: 0 })).toBe(100);
  });
});
