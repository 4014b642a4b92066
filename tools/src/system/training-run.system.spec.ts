// Whole runs with real processes: features, trainings that are killed on their way, honest evaluations, registered versions.

import { setTimeout as sleep } from 'node:timers/promises';
import { evaluationResult, runClipPage, runComparison } from '@earshot/contracts';
import { Random, recipes } from '@earshot/learning';
import { jest } from '@jest/globals';
import { z } from 'zod';
import { breakRun } from '../show/training-kills/broken-run.js';
import { toneClips } from '../training/tone-clips.js';
import { TrainingStack } from '../training/training-stack.js';

jest.setTimeout(300_000); // whole trainings, on machines of any speed

let stack: TrainingStack;
beforeAll(async () => {
  stack = await TrainingStack.start({ trainer: { EARSHOT_CHECKPOINT_SECONDS: '1', EARSHOT_TRAINING_NICENESS: '0' } });
  await stack.plant('tones', toneClips(80));
  await stack.plant('others', toneClips(40, { seed: 2 }));
});
afterAll(() => stack?.close());

const quick = { dataset: 'tones', classifier: 'tones', profile: 'electro-45@1', settings: { epochs: 8 }, compareSplits: false };
/** Long enough to be killed twice, each time after a checkpoint, on a fast machine too. */
const long = {
  ...quick,
  settings: { epochs: 120, patience: 120, batchSize: 8, hidden: [1024, 512, 256, 128] },
  augmentation: { copies: 6 },
};

describe('a training run', () => {
  it('makes the next version of its classifier, measured on clips that it has not seen', async () => {
    const id = await stack.train({ ...quick, compareSplits: true, promote: 'production' });
    const run = await stack.ended(id);
    expect(run).toMatchObject({
      version: 1,
      decidedBy: { datasetVersion: 1, split: null, seed: 42 },
      result: { modelVersionId: id, epochs: 8 },
    });
    expect(run.result.metrics.test).toMatchObject({ support: 16, groups: 4 });
    expect(run.result.metrics.test?.accuracy).toBeGreaterThan(0.7);
    expect(run.result.metrics.otherSplit?.split).toBe('random');
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await stack.workspace.models.aliases.get('tones', 'production')).toMatchObject({ number: 1, modelVersionId: id });
    const { card, provenance } = await stack.workspace.models.versions.withId(id);
    expect(card['markdown']).toContain('## Not tested on');
    expect(card['markdown']).toContain('give the same weights');
    expect(provenance).toMatchObject({ seed: 42, recipe: 'talent-mlp', datasetHash: run.decidedBy.datasetHash, backend: 'wasm' });
    expect(provenance).toMatchObject({ isReproducible: true, begunAnew: [], by: [{ code: provenance['plannedBy'] }] });
  });

  it('says what it used each clip for', async () => {
    const { items } = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(await stack.ask('/api/v1/runs'));
    const clips = async (query: string) => runClipPage.parse(await stack.ask(`/api/v1/runs/${items[0]?.id}/clips?limit=100${query}`)).items;
    const [all, held, some] = await Promise.all([clips(''), clips('&part=test'), clips('&part=test&label=low')]);
    expect(all).toHaveLength(80);
    expect(held).toHaveLength(16);
    const groups = (wanted: boolean) => new Set(all.filter(({ part }) => (part === 'test') === wanted).map(({ group }) => group));
    expect([...groups(true)].filter((group) => groups(false).has(group))).toEqual([]);
    expect(some).toEqual(held.filter(({ label }) => label === 'low'));
    expect(some.length).toBeGreaterThan(0);
  });

  it('comes to the same bytes when its trainer is killed, and registers them once', async () => {
    const [unbroken, brokenId] = [await stack.ended(await stack.train(long)), await stack.train({ ...long, classifier: 'broken' })];
    const kills = await breakRun(stack, brokenId, { kills: 2, mostMs: 1_000, random: new Random(1, 'spec') });
    const broken = await stack.ended(brokenId);
    expect(kills.length).toBe(2);
    expect(await stack.artifactOf(brokenId)).toBe(await stack.artifactOf(unbroken.id));
    expect(broken.epochs).toEqual(unbroken.epochs);
    expect(await stack.workspace.models.versions.page('broken', null, 10)).toHaveLength(1);
  });

  it('ends with its best epoch when it is asked to stop, and is evaluated', async () => {
    const id = await stack.train({ ...long, classifier: 'stopped' });
    while (((await stack.run(id)).taskProgress?.figures['epoch'] ?? 0) < 2) await sleep(50);
    await stack.ask(`/api/v1/runs/${id}/stop`, { method: 'POST' });
    const { result, version } = await stack.ended(id);
    expect(result.end).toBe('stopped');
    expect(result.epochs).toBeLessThan(120);
    expect([version, result.metrics.test?.support]).toEqual([1, 16]);
    await expect(stack.ask(`/api/v1/runs/${id}/stop`, { method: 'POST' })).rejects.toThrow('JOB_FINISHED');
  });

  const small = { cropFrames: 32, filters: [8, 8, 16, 16] };
  it.each([...recipes.keys()])('scores at the baseline when labels were dealt at random: %s', async (recipe) => {
    const settings = recipe === 'random-forest' ? {} : { epochs: 5, ...(recipe === 'sounds' ? small : {}) };
    const { result } = await stack.ended(
      await stack.train({ dataset: 'tones', classifier: recipe, recipe, settings, compareSplits: false, permutedBaseline: true }),
    );
    const { test, permuted } = result.metrics;
    // Of 16 clips chance gets half; more than 13 of them in one case of two thousand.
    expect(permuted?.support).toBe(16);
    expect(permuted?.accuracy).toBeLessThanOrEqual(13 / 16);
    expect(test?.support).toBe(16);
  });

  it('of a search keeps the trial with the lowest validation loss', async () => {
    const search = { trials: 3, space: { learningRate: { low: 0.0001, high: 0.01, isLog: true } } };
    const id = await stack.train({ ...quick, classifier: 'searched', search });
    const { result } = await stack.ended(id);
    const trials = result.metrics.trials ?? [];
    expect(trials).toHaveLength(3);
    expect(new Set(trials.map(({ settings }) => settings['learningRate'])).size).toBe(3);
    const best = Math.min(...trials.map(({ validationLoss }) => validationLoss ?? Number.POSITIVE_INFINITY));
    const [chosen, ...others] = trials.filter(({ isChosen }) => isChosen);
    expect([chosen?.validationLoss, others]).toEqual([best, []]);
    const { provenance } = await stack.workspace.models.versions.withId(id);
    expect(provenance['settings']).toEqual(chosen?.settings);
  });

  it('is refused with the place of what is wrong', async () => {
    const ask = (options: object) => stack.train({ ...quick, ...options });
    await expect(ask({ recipe: 'alchemy' })).rejects.toThrow('#/recipe must be one of talent-mlp');
    await expect(ask({ settings: { epochs: 3 } })).rejects.toThrow('#/settings/epochs');
    await expect(ask({ search: { trials: 3, space: { epochs: { choices: [1, 2] } } } })).rejects.toThrow('#/settings/epochs');
    await expect(ask({ dataset: 'nothing' })).rejects.toThrow('DATASET_NOT_FOUND');
    await expect(ask({ from: 99 })).rejects.toThrow('MODEL_VERSION_NOT_FOUND');
    await expect(ask({ testFold: 1 })).rejects.toThrow('#/testFold');
    await expect(ask({ validationFold: 1 })).rejects.toThrow('#/validationFold needs');
    await expect(ask({ split: 'folds', testFold: 1, validationFold: 1 })).rejects.toThrow('#/validationFold is the fold that is held out');
  });

  it('is put beside others, and its version is measured on another dataset', async () => {
    const { items } = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(await stack.ask('/api/v1/runs?state=succeeded'));
    const [last, before] = items.map(({ id }) => id);
    const comparison = runComparison.parse(await stack.ask(`/api/v1/runs/compare?ids=${last},${before}`));
    expect(comparison.isComparable).toBe(true);
    expect(comparison.differences.map(({ name }) => name)).toContain('classifier');
    expect(comparison.figures.find(({ name }) => name === 'accuracy')?.values).toHaveLength(2);
    const asked = { classifier: 'tones', version: 1, dataset: 'others' };
    const body = JSON.stringify(asked);
    const headers = { 'content-type': 'application/json', prefer: 'wait=60' };
    const answer = z.object({ result: evaluationResult }).parse(await stack.ask('/api/v1/evaluations', { method: 'POST', headers, body }));
    expect(answer.result).toMatchObject({
      version: 1,
      datasetVersion: 1,
      known: 0,
      unreadable: 0,
      evaluation: { support: 40, groups: 10 },
    });
    expect(answer.result.evaluation.accuracy).toBeGreaterThan(0.7);
  });
});
