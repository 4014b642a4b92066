// A whole run with real processes: features, a training that is killed on its way, an honest evaluation, a registered version.
import { jest } from '@jest/globals';
import { toneClips } from '../training/tone-clips.js';
import { TrainingStack } from '../training/training-stack.js';

jest.setTimeout(240_000); // whole trainings, on machines of any speed

let stack: TrainingStack;
beforeAll(async () => {
  stack = await TrainingStack.start({ trainer: { EARSHOT_CHECKPOINT_SECONDS: '1' } });
  await stack.plant('tones', toneClips(80));
}, 120_000);
afterAll(() => stack?.close());

const quick = { dataset: 'tones', classifier: 'tones', profile: 'electro-45@1', settings: { epochs: 8 }, compareSplits: false };

describe('a training run', () => {
  it('makes the next version of its classifier, measured on clips that it has not seen', async () => {
    const id = await stack.train({ ...quick, permutedBaseline: true, compareSplits: true, promote: 'production' });
    const run = await stack.ended(id);
    expect(run).toMatchObject({
      version: 1,
      decidedBy: { datasetVersion: 1, split: null, seed: 42 },
      result: { modelVersionId: id, epochs: 8 },
    });
    const { test, otherSplit, permuted } = run.result.metrics;
    expect(test?.support).toBe(16);
    expect(test?.accuracy).toBeGreaterThan(0.7);
    expect(otherSplit?.split).toBe('random');
    expect(permuted?.accuracy).toBeLessThan(0.8);
    expect(run.epochs).toHaveLength(8);
    expect(await stack.workspace.models.aliases.get('tones', 'production')).toMatchObject({ number: 1, modelVersionId: id });
    const { card, provenance } = await stack.workspace.models.versions.withId(id);
    expect(card['markdown']).toContain('## Not tested on');
    expect(provenance).toMatchObject({ seed: 42, recipe: 'talent-mlp', datasetHash: run.decidedBy.datasetHash, backend: 'wasm' });
  });
});
