import { setTimeout as sleep } from 'node:timers/promises';
import { notify, redis } from '../testing/doorbells.js';
import { echo, numbered, single, type Work } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

describe.each([notify, redis])('the slots of a worker ($doorbell)', ({ start }) => {
  const on = freshEngine(start);

  it('are free for the next tasks while results are written, which hold as many and no more', async () => {
    const begun: string[] = [];
    const noted: Work = async (context, mode) => {
      begun.push(mode);
      await echo(context, mode);
    };
    const modes = ['first', 'second', 'third'];
    const ids: string[] = [];
    for (const mode of modes) ids.push(await on.ask(single, numbered(4), { mode }));
    await on.database.transaction(async (client) => {
      await client.query('select 1 from job where id = any($1) order by id for update', [ids]); // no commit comes through
      await on.work(noted, { slots: 4 });
      while (begun.length < 2) await sleep(10);
      await sleep(300);
      expect(begun).toHaveLength(2);
    });
    for (const id of ids) expect(await on.ended(id)).toMatchObject({ state: 'succeeded', succeeded: 4 });
    expect(begun.toSorted()).toEqual(modes);
  });
});
