import { freshDatabase } from '../testing/fresh-database.js';
import { sampleStage } from '../testing/sample.js';
import { working } from '../testing/working.js';
import { Leases } from './lease.js';

describe('a heartbeat', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const isFresh = `select lease_until > now() + interval '9 s' as "isFresh" from task where id = $1`;

  it('waits for no task: one that writes at the moment is kept, and the others get their leases', async () => {
    await on.create([sampleStage], 4);
    const [writing, other] = await on.claim();
    await on.sql(`update task set lease_until = now() + interval '1 s'`);
    const owned = await fresh.database.transaction(async (client) => {
      await client.query('select 1 from task where id = $1 for update', [writing!.id]); // as a commit with its effects, a checkpoint
      return Promise.race([
        new Leases(fresh.database).extend('spec', [writing!, other!]),
        new Promise<null>((resolve) => setTimeout(() => resolve(null), 3_000)),
      ]);
    });
    expect(owned).toEqual(new Set([writing!.id, other!.id]));
    expect(await on.sql(isFresh, [other!.id])).toEqual([{ isFresh: true }]);
  });

  it('tells which tasks are not owned any more', async () => {
    await on.create([sampleStage], 4);
    const [lost, kept] = await on.claim();
    const leases = new Leases(fresh.database);
    await leases.giveBack([lost!]);
    expect(await leases.extend('spec', [lost!, kept!])).toEqual(new Set([kept!.id]));
    const [again] = await on.claim();
    expect(await leases.extend('spec', [lost!, again!])).toEqual(new Set([again!.id]));
    expect(await leases.extend('spec', [lost!])).toEqual(new Set());
  });
});
