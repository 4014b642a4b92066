import { Acceptor, type NewItem } from './hot/accept.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleClip, sampleJob, sampleRequest } from './testing/sample.js';

describe('a job over very many clips', () => {
  const fresh = freshDatabase();

  async function* streamed(count: number, clipIdOf: (index: number) => string | null): AsyncGenerator<NewItem> {
    for (let index = 0; index < count; index++) yield { clipId: clipIdOf(index), customId: `item ${index}` };
  }

  it('has them all in their order, however they are written', async () => {
    const clip = sampleClip();
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, [clip], { job: null }));
    const job = sampleJob();
    const created = await fresh.workspace.jobs.createOverClips(
      job,
      streamed(10_007, (index) => (index % 2 === 0 ? clip.id : null)),
    );
    expect(created).toMatchObject({ accepted: true, total: 10_007 });
    const items = await fresh.workspace.jobs.items(job.id, { limit: 20_000 });
    expect(items).toHaveLength(10_007);
    expect(items.filter(({ index, customId }) => customId !== `item ${index}`)).toEqual([]);
    expect(items.filter(({ index, clipId }) => clipId !== (index % 2 === 0 ? clip.id : null))).toEqual([]);
  });

  it('is not there at all when one of the last is missing', async () => {
    const job = sampleJob();
    const missing = sampleClip().id;
    await expect(
      fresh.workspace.jobs.createOverClips(
        job,
        streamed(6_000, (index) => (index === 5_999 ? missing : null)),
      ),
    ).rejects.toMatchObject({ code: 'CLIP_NOT_FOUND', detail: expect.stringContaining(missing) });
    expect(await fresh.workspace.jobs.find(job.id)).toBeNull();
    expect(await fresh.database.prisma.item.count()).toBe(0);
  });
});
