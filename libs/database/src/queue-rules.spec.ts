import { Claimer } from './hot/claim.js';
import { QueueRules } from './queue-rules.js';
import { freshDatabase } from './testing/fresh-database.js';
import { sampleAbility, samplePart } from './testing/sample.js';
import { working } from './testing/working.js';

describe('the rule of a queue', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const oneEach = (changes: Parameters<typeof samplePart>[0] = {}) => [
    { name: 'only', parts: [samplePart({ itemsPerTask: 1, ...changes })] },
  ];
  const change = (changes: Parameters<QueueRules['change']>[1]) => new QueueRules(fresh.database).change('extract', changes);

  it('is that nothing is said, until something is', async () => {
    const rules = new QueueRules(fresh.database);
    expect(await rules.of(['extract'])).toEqual([{ queue: 'extract', paused: false, limitTasks: null }]);
    await change({ limitTasks: 3 });
    await change({ paused: true });
    expect(await rules.of(['extract', 'train'])).toEqual([
      { queue: 'extract', paused: true, limitTasks: 3 },
      { queue: 'train', paused: false, limitTasks: null },
    ]);
  });

  it('holds the tasks of a paused queue back, however they are claimed, and no others', async () => {
    const id = await on.create(oneEach(), 3);
    const ids = (await on.tasks(id)).map((task) => Number(task['id']));
    await on.sql('update task set suspect = true where id = $1', [ids[0]]);
    const other = await on.create(oneEach({ queue: 'train' }), 1);
    await change({ paused: true });
    const claimer = new Claimer(fresh.database, 'spec', sampleAbility);
    expect(await claimer.claim(ids)).toEqual([]);
    expect(await claimer.claimSuspect(['extract'])).toEqual([]);
    expect(await claimer.hasWaitingSince(['extract'], 0, 'short')).toBe(false);
    expect(await on.claim()).toMatchObject([{ jobId: other, limited: false }]);
    await change({ paused: false });
    expect(await claimer.claimSuspect(['extract'])).toMatchObject([{ id: ids[0] }]);
    expect(await claimer.claim(ids)).toHaveLength(2);
  });

  it('is never exceeded by claims that come at once, by id and in order', async () => {
    const id = await on.create(oneEach(), 60);
    const ids = (await on.tasks(id)).map((task) => Number(task['id']));
    await change({ limitTasks: 5 });
    for (let round = 0; round < 6; round++) {
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, n) => {
          const claimer = new Claimer(fresh.database, `worker ${n}`, sampleAbility);
          return n % 2 === 0 ? claimer.claim(ids.filter((_, i) => i % 8 === n)) : claimer.claimNext(['extract'], 3);
        }),
      );
      const claimed = claims.flat();
      expect(claimed).toHaveLength(5);
      expect(claimed.every(({ limited }) => limited)).toBe(true);
      await Promise.all(claimed.map((task) => on.commit(task)));
    }
  });
});
