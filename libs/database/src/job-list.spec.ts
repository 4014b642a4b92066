import type { JobState } from '@earshot/contracts';
import { countedAtMost, JobList } from './job-list.js';
import { freshDatabase } from './testing/fresh-database.js';
import { rowsRead } from './testing/rows-read.js';

/** Each job's state and kind come from its number, so that a filter can be checked against all of them. */
const filled = `
insert into job (id, workspace_id, kind, state, priority, input, metadata, total, retry_of, created_at, finished_at)
select overlay(overlay(lpad(to_hex(n), 32, '0') placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid, $1, case when n % 5 = 0 then 'rare' else 'usual' end, s.state, 5, '{}', '{}', 1,
  case when n % 100 = 1 then '00000000-0000-7000-8000-000000000001'::uuid end, now(), case when s.state = 'succeeded' then now() end
from generate_series(1, $2::int) n cross join lateral (select case when n % 7 = 0 then 'queued' else 'succeeded' end as state) s`;

describe('the list of jobs', () => {
  const fresh = freshDatabase({ isFilledByHand: true });
  const fill = async (count: number, database = fresh.database) => {
    await database.run({ name: '', text: filled }, [fresh.workspace.id, count]);
    await database.run(
      {
        name: '',
        text: `insert into stage (job_id, index, workspace_id, name, task, queue, items_per_task, tasks, remaining)
      select id, 0, workspace_id, 'only', 'sample.only', 'sample', 1, 1, 1 from job`,
      },
      [],
    );
    await database.run({ name: '', text: 'analyze job' }, []);
  };
  const numberOf = (id: string) => Number.parseInt(id.slice(-12), 16);
  async function numbers(filter: { state?: JobState; kind?: string; retryOf?: string }): Promise<number[]> {
    const found: number[] = [];
    for (let before: string | null = null; ; ) {
      const page = await fresh.workspace.jobs.page(filter, before, 30);
      found.push(...page.map(({ id }) => numberOf(id)));
      if (page.length < 30) return found;
      before = page.at(-1)?.id ?? null;
    }
  }
  const down = (count: number, matches: (n: number) => boolean) => Array.from({ length: count }, (_, i) => count - i).filter(matches);

  it('is in the order of their age over all pages, with each filter and with several', async () => {
    await fill(350);
    const first = '00000000-0000-7000-8000-000000000001';
    expect(await numbers({})).toEqual(down(350, () => true));
    expect(await numbers({ state: 'queued' })).toEqual(down(350, (n) => n % 7 === 0));
    expect(await numbers({ kind: 'rare' })).toEqual(down(350, (n) => n % 5 === 0));
    expect(await numbers({ kind: 'rare', state: 'queued' })).toEqual([350, 315, 280, 245, 210, 175, 140, 105, 70, 35]);
    expect(await numbers({ retryOf: first })).toEqual([301, 201, 101, 1]);
    expect(await numbers({ retryOf: first, state: 'queued' })).toEqual([301]);
    expect(await numbers({ retryOf: first, kind: 'rare' })).toEqual([]);
    expect(await numbers({ state: 'expired' })).toEqual([]);
  });

  it('is counted while that is quick, and estimated beyond', async () => {
    await fill(countedAtMost + 2_000);
    expect(await fresh.workspace.jobs.count({ kind: 'rare' })).toEqual({ total: (countedAtMost + 2_000) / 5, isExact: true });
    expect(await fresh.workspace.jobs.count({ kind: 'rare', state: 'queued' })).toEqual({ total: 342, isExact: true });
    expect(await fresh.workspace.jobs.count({ state: 'expired' })).toEqual({ total: 0, isExact: true });
    const all = await fresh.workspace.jobs.count({});
    expect(all.isExact).toBe(false);
    expect(Math.abs(all.total / (countedAtMost + 2_000) - 1)).toBeLessThan(0.05);
    const succeeded = await fresh.workspace.jobs.count({ state: 'succeeded' });
    expect(succeeded).toMatchObject({ isExact: false });
    expect(succeeded.total).toBeGreaterThan(countedAtMost);
  });

  it('reads nothing but what it shows, whatever else there is', async () => {
    await fill(5_000, fresh.database);
    const { rows } = await rowsRead(fresh.database.options, async (database) => {
      const list = new JobList(database, fresh.workspace.id);
      for (const filter of [{ state: 'expired' }, { kind: 'none' }, { kind: 'rare', state: 'failed' }] as const)
        expect(await list.page(filter, null, 50)).toEqual([]);
    });
    expect(rows).toBeLessThan(500);
  });
});
