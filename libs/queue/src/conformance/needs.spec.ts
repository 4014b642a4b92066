// A worker that lacks what its tasks need, beside one that has it. Against real servers.
import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import { notify, redis } from '../testing/doorbells.js';
import { echo, numbered, single } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

describe.each([notify, redis])('a worker that lacks what it needs with $doorbell as the doorbell', ({ start }) => {
  const on = freshEngine(start);
  const { work, ask, ended, sql } = on;

  it('leaves all work to others, and takes some again once it is there', async () => {
    let isThere = false;
    const need = async () => {
      if (!isThere) throw new EarshotError('SANDBOX_UNAVAILABLE', 'no process starts');
    };
    await work(echo, { name: 'lacking', needs: [need] });
    const first = await Promise.all(Array.from({ length: 20 }, () => ask(single, numbered(1))));
    await sleep(1_500);
    expect(await sql('select count(*)::int as n from task where worker is not null')).toEqual([{ n: 0 }]);
    await work(echo, { name: 'other' });
    for (const id of first) expect(await ended(id)).toMatchObject({ state: 'succeeded' });
    await on.closeOpened();

    await work(echo, { name: 'lacking', needs: [need] });
    const second = await ask(single, numbered(1));
    await sleep(1_500);
    isThere = true;
    expect(await ended(second)).toMatchObject({ state: 'succeeded' });
    expect(await sql(`select worker, count(*)::int as n from task group by 1 order by 1`)).toEqual([
      { worker: 'lacking', n: 1 },
      { worker: 'other', n: 20 },
    ]);
  }, 60_000);
});
