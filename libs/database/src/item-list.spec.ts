import type { ItemState } from '@earshot/contracts';
import type { ItemFilter } from './item-list.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleJob, samplePart } from './testing/sample.js';

const itemCount = 120_000;

describe('the items of a large job', () => {
  const fresh = freshDatabase();
  const job = sampleJob({ stages: [{ name: 'only', parts: [samplePart({ itemsPerTask: 1_000 })] }] });

  /** One in 50,000 succeeded, a later one failed, all others wait. */
  beforeEach(async () => {
    await fresh.workspace.jobs.createOverClips(
      job,
      Array.from({ length: itemCount }, () => ({ clipId: null, customId: null })),
    );
    await fresh.database.run(
      {
        name: '',
        text: `
      with done as (update item set state = 'succeeded', result = '{}' where index % 50000 = 40000 returning 1),
      failed as (update item set state = 'failed', error = '{"code": "INTERNAL", "detail": ""}' where index = 119999 returning 1)
      update job set succeeded = (select count(*) from done), failed = (select count(*) from failed), state = 'running', started_at = now()`,
      },
      [],
    );
  });

  const pages = async (state: ItemState) => {
    const sizes: number[] = [];
    const indexes: number[] = [];
    for (let next: number | null = -1; next !== null; ) {
      const page = await fresh.workspace.jobs.itemPage(job.id, { state, after: next, limit: 10 });
      sizes.push(page.rows.length);
      indexes.push(...page.rows.map(({ index }) => index));
      next = page.next;
      if (sizes.length > 20) break;
    }
    return { sizes, indexes };
  };

  it('are found by their state however rare it is, within pages that may be short', async () => {
    expect(await pages('failed')).toEqual({ sizes: [1], indexes: [119_999] });
    expect(await pages('succeeded')).toEqual({ sizes: [1, 1, 0], indexes: [40_000, 90_000] });
    expect((await fresh.workspace.jobs.items(job.id, { state: 'succeeded', limit: 10 })).map(({ index }) => index)).toEqual([
      40_000, 90_000,
    ]);
    const pending = await fresh.workspace.jobs.itemPage(job.id, { state: 'pending', after: 39_990, limit: 10 });
    expect(pending.rows.map(({ index }) => index)).toEqual([...Array.from({ length: 9 }, (_, i) => 39_991 + i), 40_001]);
    expect(pending.next).toBe(40_001);
  });

  it('are not looked for where the counts of the job say that there are none', async () => {
    expect(await pages('cancelled')).toEqual({ sizes: [0], indexes: [] });
    await fresh.workspace.jobs.cancel(job.id);
    expect(await pages('pending')).toEqual({ sizes: [0], indexes: [] });
    expect((await fresh.workspace.jobs.items(job.id, { state: 'cancelled', limit: 3 })).map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('end a page before its answer is too large, and go on after it', async () => {
    // A million digits each that no compression makes less of.
    const digits = `(select string_agg(md5((index * 100000 + n)::text), '') from generate_series(1, 31250) n)`;
    await fresh.database.run({ name: '', text: `update item set result = to_json(${digits}), state = 'succeeded' where index < 9` }, []);
    const shown = async (filter: ItemFilter) => {
      const { rows, next } = await fresh.workspace.jobs.itemPage(job.id, filter);
      return { indexes: rows.map(({ index }) => index), next };
    };
    expect(await shown({ limit: 50 })).toEqual({ indexes: [0, 1, 2, 3], next: 3 });
    expect(await shown({ after: 3, limit: 3 })).toEqual({ indexes: [4, 5, 6], next: 6 });
    expect(await shown({ state: 'succeeded', limit: 50 })).toEqual({ indexes: [0, 1, 2, 3], next: 3 });
  });
});
