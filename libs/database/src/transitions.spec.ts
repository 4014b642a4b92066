import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { itemStates, jobStates } from '@earshot/contracts';
import { closeJobs, failJob } from './close-jobs.js';
import { Acceptor } from './hot/accept.js';
import { Leases } from './hot/lease.js';
import { LookForDead } from './look-for-dead.js';
import { freshDatabase } from './testing/fresh-database.js';
import { transitionsSeen } from './testing/guard-transitions.js';
import { samplePart, sampleRequest, sampleStage } from './testing/sample.js';
import { working } from './testing/working.js';
import { type Stateful, statesOf, transitions } from './transitions.js';

const everything: readonly Stateful[] = ['job', 'stage', 'task', 'item'];
const failure = { code: 'INTERNAL', detail: 'by this spec' };

/** As docs/architecture.md shows it. */
function diagramOf(what: Stateful): string {
  const arrows = transitions[what].map(({ from, to, when }) => `    ${from ?? '[*]'} --> ${to} : ${when}`);
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  direction LR',
    `  state "${what}" as ${what[0]?.toUpperCase()} {`,
    ...arrows,
    '  }',
    '```',
  ].join('\n');
}

describe('the table of transitions', () => {
  const fresh = freshDatabase();
  const on = working(fresh);

  it.each(everything)('is what docs/architecture.md shows of a %s', async (what) => {
    const docs = await readFile(fileURLToPath(new URL('../../../docs/architecture.md', import.meta.url)), 'utf8');
    expect(docs).toContain(diagramOf(what));
  });

  it('knows the states that clients are told of, and no others', () => {
    expect(statesOf('job').sort()).toEqual([...jobStates].sort());
    expect([...statesOf('item'), 'cancelled'].sort()).toEqual([...itemStates].sort()); // counts as cancelled, and nothing is written
  });

  it('is held against every statement in specs', async () => {
    await on.create([sampleStage], 1);
    await expect(on.sql(`update task set state = 'succeeded'`)).rejects.toMatchObject({
      cause: { message: 'task: queued → succeeded is no transition' },
    });
    await expect(on.sql('update stage set closed_at = now(), opened = 0')).resolves.toEqual([]);
    await expect(on.sql('update stage set closed_at = null')).rejects.toMatchObject({
      cause: { message: 'stage: closed → waiting is no transition' },
    });
  });

  it('has no transition that no statement makes', async () => {
    const whole = { name: 'whole', parts: [samplePart({ itemsPerTask: 0 })] };
    const whileLocked = <Result>(id: string, work: () => Promise<Result>) =>
      fresh.database.transaction(async (client) => {
        await client.query('select 1 from job where id = $1 for update', [id]);
        return work();
      });
    const leases = new Leases(fresh.database);
    const look = new LookForDead(fresh.database, 'now');
    const expire = () => on.sql(`update task set lease_until = now() - interval '1 s' where state = 'running'`);

    // Two stages to their end: handed back, postponed, kept by a heartbeat; one item succeeds, one fails.
    const staged = await on.create([sampleStage, whole], 2);
    await leases.giveBack(await on.claim());
    const [postponed] = await on.claim();
    await leases.postpone(postponed!, { delayMs: 0 });
    const [chunk] = await on.claim();
    await leases.extend('spec', [chunk!]);
    await on.commit(chunk!, {
      items: [
        { index: 0, result: {} },
        { index: 1, error: failure },
      ],
    });
    await on.commit((await on.claim())[0]!);

    // Ends before any claim could lock the job.
    for (const error of [undefined, failure]) {
      const id = await on.create([{ name: 'only', parts: [samplePart({ itemsPerTask: 1 })] }], 1);
      const [task] = await whileLocked(id, () => on.claim());
      await on.commit(task!, error === undefined ? {} : { items: [{ index: 0, error }], failure: error });
    }
    const id = await on.create([whole]);
    await failJob(fresh.database, (await on.claim())[0]!, failure);

    // A chunk of a dead worker is split.
    const dead = await on.create([sampleStage], 2);
    await on.claim(100, { worker: 'never seen' });
    await expire();
    expect(await look.splitExpired()).toHaveLength(2);
    await closeJobs(fresh.database, [dead], 'cancelled', failure);

    // Whatever ends jobs abruptly, of those that wait and of those that run.
    for (const state of ['cancelled', 'expired'] as const) {
      const ids = [await on.create([sampleStage], 2), await on.create([sampleStage], 2)];
      await on.claim(2);
      await closeJobs(fresh.database, ids, state, failure);
    }
    await new Acceptor(fresh.database).submit(sampleRequest(fresh.workspace.id, []));

    expect([await on.job(staged), await on.job(id)]).toMatchObject([{ state: 'succeeded' }, { state: 'failed' }]);
    const listed = everything.flatMap((what) => transitions[what].map(({ from, to }) => ({ what, step: `${from ?? 'new'} → ${to}` })));
    const seen = await transitionsSeen(fresh.database);
    const sorted = (steps: { what: string; step: string }[]) => steps.map(({ what, step }) => `${what}: ${step}`).sort();
    expect(sorted(seen)).toEqual(sorted(listed));
  });
});
