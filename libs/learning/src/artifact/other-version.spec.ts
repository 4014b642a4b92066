import { blobs } from '../dense/blobs.fixture.js';
import { openModel } from '../recipes/open-model.js';
import { recipes } from '../recipes/recipes.js';
import type { Training } from '../training/training.js';
import { readTensors, type Tensors, writeTensors } from './safetensors.js';

/** Of a family each. */
const settings = { 'talent-mlp': { hidden: [8], dropout: [0] }, 'random-forest': { trees: 20 }, cnn: { epochs: 5, batchSize: 8 } };
type Name = keyof typeof settings;
const names = Object.keys(settings) as Name[];

function begin(name: Name, saved?: Uint8Array): Promise<Training> {
  const rows = (count: number, seed: number) => {
    const data = blobs(count, 2, 64, seed);
    return name === 'cnn' ? { ...data, shape: [8, 8] } : data;
  };
  const recipe = recipes.get(name)!;
  const parts = { training: rows(24, 1), validation: rows(12, 2), labels: ['a', 'b'], seed: 1 };
  return recipe.begin({ ...parts, settings: recipe.settings.parse(settings[name]), ...(saved !== undefined && { saved }) });
}

async function kept(name: Name): Promise<{ state: Uint8Array; model: Uint8Array }> {
  const training = await begin(name);
  while (training.epoch < 1) await training.advance();
  const [state, model] = [training.save(), training.best()];
  training.close();
  return { state, model };
}

function changed(file: Uint8Array, change: (tensors: Tensors) => Tensors): Uint8Array {
  return writeTensors(change(readTensors(file)));
}

const withTensor = ({ tensors, metadata }: Tensors): Tensors => ({
  tensors: new Map([...tensors, ['of.tomorrow', { shape: [1], values: Float32Array.of(1) }]]),
  metadata,
});
const withMetadata =
  (more: (metadata: Tensors['metadata']) => Record<string, string>) =>
  ({ tensors, metadata }: Tensors): Tensors => ({ tensors, metadata: { ...metadata, ...more(metadata) } });
const withProgress = withMetadata(({ progress }) => ({ progress: JSON.stringify({ ...JSON.parse(progress!), ofTomorrow: 1 }) }));
const withDetails = withMetadata(({ details }) => ({ details: JSON.stringify({ ...JSON.parse(details!), ofTomorrow: 1 }) }));

describe.each(names)('what another version wrote of %s', (name) => {
  let files: Awaited<ReturnType<typeof kept>>;
  beforeAll(async () => {
    files = await kept(name);
  });

  it('is no state to go on from where it has more than is understood here', async () => {
    (
      await begin(
        name,
        changed(files.state, (same) => same),
      )
    ).close();
    await expect(begin(name, changed(files.state, withTensor))).rejects.toThrow('MODEL_INVALID');
    await expect(begin(name, changed(files.state, withProgress))).rejects.toThrow('MODEL_INVALID');
    await expect(
      begin(
        name,
        changed(
          files.state,
          withMetadata(() => ({ format: 'earshot-training@2' })),
        ),
      ),
    ).rejects.toThrow('MODEL_INVALID');
  });

  it('is no model to score with where it has more than is understood here', async () => {
    (await openModel(changed(files.model, (same) => same))).close();
    await expect(openModel(changed(files.model, withTensor))).rejects.toThrow('MODEL_INVALID');
    await expect(
      openModel(
        changed(
          files.model,
          withMetadata(() => ({ ofTomorrow: '1' })),
        ),
      ),
    ).rejects.toThrow('MODEL_INVALID');
    await expect(
      openModel(
        changed(
          files.model,
          withMetadata(() => ({ format: 'earshot-model@2' })),
        ),
      ),
    ).rejects.toThrow('MODEL_INVALID');
    await expect(openModel(changed(files.model, withDetails))).rejects.toThrow('MODEL_INVALID');
  });
});
