import { jest } from '@jest/globals';
import { frontTasks, QueueFronts } from './queue-fronts.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleJob, samplePart } from './testing/sample.js';
import { UnwrittenTasks } from './unwritten-tasks.js';

describe('the position in the queue', () => {
  const fresh = freshDatabase();
  const create = async (items: number, priority = 5) => {
    const job = sampleJob({ priority, stages: [{ name: 'only', parts: [samplePart({ itemsPerTask: 1 })] }] });
    await fresh.workspace.jobs.createOverClips(
      job,
      Array.from({ length: items }, () => ({ clipId: null, customId: null })),
    );
    await new UnwrittenTasks(fresh.database).write(['extract']);
    return job.id;
  };
  const positions = async (ids: string[]) =>
    (await Promise.all(ids.map((id) => fresh.workspace.jobs.get(id)))).map(({ queuePosition }) => queuePosition);

  it('counts the waiting tasks ahead of a job, urgent ones first', async () => {
    const [first, second, urgent] = [await create(3), await create(2), await create(4, 0)];
    expect(await positions([first, second, urgent])).toEqual([4, 7, 0]);
  });

  it('of a job that came after the last look is behind all that is as urgent', async () => {
    const first = await create(3);
    expect(await positions([first])).toEqual([0]);
    const [second, urgent] = [await create(1), await create(1, 0)];
    expect(await positions([second, urgent])).toEqual([3, 0]);
  });

  it('is counted to a thousand, in one statement for all who ask', async () => {
    const large = await create(frontTasks + 500);
    const behind = await create(1);
    const run = jest.spyOn(fresh.database, 'run');
    const fronts = new QueueFronts(fresh.database);
    const ask = (id: string) => fronts.position({ id, queue: 'extract', priority: 5 });
    expect(await Promise.all([large, behind, large, behind].map(ask))).toEqual([0, frontTasks, 0, frontTasks]);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('is told of jobs that wait only', async () => {
    const id = await create(1);
    await fresh.workspace.jobs.cancel(id);
    expect(await positions([id])).toEqual([null]);
  });
});
