import { randomUUID } from 'node:crypto';
import { describeJob, startOf } from '@earshot/contracts';
import type { EffectCall } from '../hot/commit.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sampleClip, samplePart } from '../testing/sample.js';
import { working } from '../testing/working.js';
import { movesAlias } from './move-alias.js';

const move = (target: string, expectedVersion: number | null): EffectCall => ({
  name: 'alias.move',
  input: { scope: 'index', name: 'production', target, expectedVersion },
});
const start = (clipId: string | null = null): EffectCall => ({
  name: 'job.start',
  input: startOf(describeJob, { options: {}, items: [{ clipId, customId: 'again' }] }),
});

describe('the effects of a task', () => {
  const fresh = freshDatabase();
  const on = working(fresh);
  const alias = () => fresh.workspace.aliases.find('index', 'production');
  const ask = () => on.create([{ name: 'register', parts: [samplePart({ itemsPerTask: 0 })] }]);
  const started = () => fresh.database.prisma.job.findMany({ where: { kind: 'describe' } });

  it('are there with its outcome, and their tasks are rung for', async () => {
    const id = await ask();
    const [task] = await on.claim();
    const { owned, opened } = await on.commit(task!, { effects: [move('model 1', 0), start()] });
    expect(owned).toBe(true);
    expect(opened).toMatchObject([{ queue: 'extract', items: 1 }]);
    expect(await alias()).toMatchObject({ target: 'model 1', version: 1 });
    const [job] = await started();
    expect(await on.job(job!.id)).toMatchObject({ state: 'queued', total: 1, startedBy: id });
    expect(await on.job(id)).toMatchObject({ state: 'succeeded' });
  });

  it('are there once, whoever else believes that they own the task', async () => {
    await ask();
    const [ghost] = await on.claim();
    await on.sql(`update task set state = 'queued' where id = $1`, [ghost!.id]);
    const [task] = await on.claim();
    expect(await on.commit(ghost!, { effects: [start()] })).toEqual({ owned: false, opened: [] });
    const both = await Promise.all([1, 2].map(() => on.commit(task!, { effects: [start()] })));
    expect(both.map(({ owned }) => owned).sort()).toEqual([false, true]);
    expect(await started()).toHaveLength(1);
  });

  it('are not there when one of them is refused, and neither is the outcome', async () => {
    const id = await ask();
    const [task] = await on.claim();
    await expect(on.commit(task!, { effects: [start(), move('model 2', 3)] })).rejects.toMatchObject({ code: 'ALIAS_MOVED' });
    await expect(on.commit(task!, { effects: [move('model 1', 0), start(sampleClip().id)] })).rejects.toMatchObject({
      code: 'CLIP_NOT_FOUND',
    });
    expect(await started()).toEqual([]);
    expect(await alias()).toBeNull();
    expect(await on.job(id)).toMatchObject({ state: 'running' });
  });

  it('move an alias wherever it points, also one that somebody else makes at that moment', async () => {
    await ask();
    const [task] = await on.claim();
    let committed: Promise<{ owned: boolean }> | undefined;
    await fresh.database.transaction(async (client) => {
      const other = { scope: 'index', name: 'production', target: 'model 1', expectedVersion: null };
      await movesAlias.write(other, { database: fresh.database, client, workspaceId: fresh.workspace.id, jobId: randomUUID() });
      committed = on.commit(task!, { effects: [move('model 2', null)] });
      await on.somebodyWaits();
    });
    expect(await committed).toMatchObject({ owned: true });
    expect(await alias()).toMatchObject({ target: 'model 2', version: 2 });
  });

  it('move an alias only from where it was expected', async () => {
    for (const [target, version] of [
      ['model 1', 0],
      ['model 2', 1],
    ] as const) {
      await ask();
      const [task] = await on.claim();
      await on.commit(task!, { effects: [move(target, version)] });
    }
    expect(await alias()).toMatchObject({ target: 'model 2', version: 2 });
    await ask();
    const [task] = await on.claim();
    await expect(on.commit(task!, { effects: [move('model 3', 1)] })).rejects.toMatchObject({ code: 'ALIAS_MOVED' });
    await expect(on.commit(task!, { effects: [move('model 3', 0)] })).rejects.toMatchObject({ code: 'ALIAS_MOVED' });
  });
});
