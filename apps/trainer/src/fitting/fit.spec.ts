import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError, type FitPoint } from '@earshot/contracts';
import type { FitProgress, FitSlice, Sandbox } from '@earshot/sandbox';
import { FolderBlobStore } from '@earshot/storage';
import { Fit, type FitOptions } from './fit.js';

const part = { code: '1+newer', node: 'v24.0.0', backend: 'wasm', processor: 'x64 One' };
const epochs = 10;
const stepsOfEpoch = 3;

/** A child whose training is a count: one slice is one step, its state is the step that it stands at. It dies at the calls that are named. */
function childThatDiesAt(...deaths: number[]) {
  let [calls, step] = [0, -1];
  const begun: (number | null)[] = [];
  const run = async (_name: string, slice: FitSlice): Promise<FitProgress> => {
    calls += 1;
    if (step !== slice.step) {
      const saved = slice.savedPath === null ? null : Number(readFileSync(slice.savedPath, 'utf8'));
      begun.push(saved);
      step = saved ?? 0;
      expect(step).toBe(slice.step);
    }
    if (deaths.includes(calls)) {
      step = -1;
      throw new EarshotError('SANDBOX_CRASHED', 'killed');
    }
    if (!slice.finish) step += 1;
    const epoch = Math.floor(step / stepsOfEpoch);
    const figures = !slice.finish && step % stepsOfEpoch === 0 ? [figuresOf(epoch - 1)] : [];
    const isOver = epoch === epochs;
    const hasEnded = isOver || slice.finish;
    return {
      step,
      steps: epochs * stepsOfEpoch,
      epoch,
      epochs,
      isOver,
      figures,
      artifact: hasEnded ? Buffer.from(`model of step ${step}`) : null,
      state: slice.save && !hasEnded ? Buffer.from(String(step)) : null,
    };
  };
  return { sandbox: { run } as unknown as Sandbox, begun };
}

function figuresOf(epoch: number) {
  return { epoch, trainingLoss: 1 / (epoch + 1), trainingAccuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5, learningRate: 0.1 };
}

describe('a fit in slices', () => {
  let folder: string;
  let store: FolderBlobStore;
  const points: { step: number; document: FitPoint }[] = [];
  const told: number[] = [];
  const warned: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fit-'));
    store = new FolderBlobStore({ folder: join(folder, 'blobs') });
    points.length = told.length = warned.length = 0;
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  function fit(sandbox: Sandbox, context: Partial<FitOptions['context']> = {}, options: Partial<FitOptions> = {}): Fit {
    const ofTask: FitOptions['context'] = {
      workspaceId: '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a',
      resumeFrom: null,
      checkpoint: async ({ step, document }) => void points.push({ step, document }),
      checkpointSoon: new AbortController().signal,
      progress: async ({ figures }) => void told.push(figures['epoch'] ?? 0),
      stopAsked: async () => false,
      signal: new AbortController().signal,
      ...context,
    };
    const task = { key: 'k', folder, recipe: 'count', settings: {}, seed: 1, fromPath: null, memoryMb: 100, backend: 'wasm' as const };
    const log = { warn: (_facts: object, message: string) => void warned.push(message) };
    return new Fit({ context: ofTask, sandbox, store, task, part, log, checkpointSeconds: 0, timeBudgetSeconds: null, ...options });
  }

  it('tells of every epoch, and ends with a checkpoint that holds the model', async () => {
    const { artifact, epochs: figures, end } = await fit(childThatDiesAt().sandbox).run();
    expect(end).toBe('epochs');
    expect(figures).toEqual(Array.from({ length: epochs }, (_, epoch) => figuresOf(epoch)));
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(points.at(-1)).toMatchObject({ step: 31, document: { artifact, end: 'epochs', state: null } });
    expect(points.map(({ step }) => step)).toEqual(points.map(({ step }) => step).toSorted((a, b) => a - b));
  });

  it('goes on from the last state when its child dies, with the same figures', async () => {
    const { sandbox, begun } = childThatDiesAt(5, 6, 14);
    const { epochs: figures, artifact } = await fit(sandbox).run();
    const unbroken = await fit(childThatDiesAt().sandbox).run();
    expect(begun).toEqual([null, 4, 4, 11]);
    expect(figures).toEqual(unbroken.epochs);
    expect(artifact).toEqual(unbroken.artifact);
  });

  it('gives up when children die again and again without getting anywhere', async () => {
    await expect(fit(childThatDiesAt(3, 4, 5, 6).sandbox).run()).rejects.toMatchObject({ code: 'SANDBOX_CRASHED' });
  });

  it('goes on from the checkpoint of an earlier attempt, and does nothing again when that had come to the end', async () => {
    await expect(fit(childThatDiesAt(8, 9, 10, 11).sandbox).run()).rejects.toThrow('killed');
    const last = points.at(-1);
    if (last === undefined) throw new Error('no checkpoint');
    const { sandbox, begun } = childThatDiesAt();
    const { epochs: figures } = await fit(sandbox, { resumeFrom: last }).run();
    expect(begun).toEqual([7]);
    expect(figures.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const whole = points.at(-1);
    if (whole === undefined) throw new Error('no checkpoint');
    const idle = childThatDiesAt(1, 2, 3, 4);
    expect((await fit(idle.sandbox, { resumeFrom: whole }).run()).epochs).toEqual(figures);
  });

  it('names all who took part, each once, and says of a version that does not that nothing is known', async () => {
    await expect(fit(childThatDiesAt(8, 9, 10, 11).sandbox).run()).rejects.toThrow('killed');
    const last = points.at(-1)!;
    expect(last.document.by).toEqual([part]);
    const other = { ...part, processor: 'x64 Other' };
    expect((await fit(childThatDiesAt().sandbox, { resumeFrom: last }, { part: other }).run()).by).toEqual([part, other]);
    expect((await fit(childThatDiesAt().sandbox, { resumeFrom: last }).run()).by).toEqual([part]);
    const byOlder = { ...last, document: { ...last.document, by: null } };
    const { by } = await fit(childThatDiesAt().sandbox, { resumeFrom: byOlder }).run();
    expect(by).toEqual([{ code: 'unknown', node: 'unknown', backend: 'wasm', processor: 'unknown' }, part]);
  });

  it('begins anew, and tells it, where the state of an earlier attempt cannot be read', async () => {
    await expect(fit(childThatDiesAt(8, 9, 10, 11).sandbox, {}, { part: { ...part, code: '1+older' } }).run()).rejects.toThrow('killed');
    const last = points.at(-1)!;
    const { sandbox: able, begun } = childThatDiesAt();
    const run = async (name: string, slice: FitSlice) => {
      if (slice.savedPath?.endsWith(`state-${last.step}`) && begun.length === 0)
        throw new EarshotError('MODEL_INVALID', 'of another layout');
      return able.run(name as 'fit', slice);
    };
    points.length = 0;
    const ended = await fit({ run } as unknown as Sandbox, { resumeFrom: last }).run();
    expect(begun).toEqual([null]);
    expect(ended.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(ended).toMatchObject({ by: [part], begunAnew: [{ steps: 7, why: 'of another layout' }] });
    expect(ended.seconds).toBeGreaterThan(last.document.seconds); // also what was lost is of the budget
    expect(warned).toEqual(['The state of a training cannot be gone on from here; it begins anew']);
    expect(points[0]?.step).toBe(8); // steps of checkpoints only grow
    const again = childThatDiesAt();
    await fit(again.sandbox, { resumeFrom: points[3]! }).run();
    expect(again.begun).toEqual([4]);
  });

  it('fails where the first slice of a training finds what it begins with unfit', async () => {
    const run = async () => {
      throw new EarshotError('MODEL_INVALID', 'of other labels');
    };
    await expect(fit({ run } as unknown as Sandbox).run()).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  it('ends with what it has when it is asked to stop, or its time is over', async () => {
    let asked = 0;
    const stopped = await fit(childThatDiesAt().sandbox, { stopAsked: async () => ++asked > 6 }).run();
    expect([stopped.end, stopped.epochs.length]).toEqual(['stopped', 2]);
    const late = await fit(childThatDiesAt().sandbox, {}, { timeBudgetSeconds: 0 }).run();
    expect([late.end, late.epochs.length]).toEqual(['time budget', 1]); // its first epoch, in slices as any other
  });
});
