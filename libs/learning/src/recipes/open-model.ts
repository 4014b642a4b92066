import { EarshotError } from '@earshot/contracts';
import { type ModelFile, readModel } from '../artifact/model-file.js';
import type { Scorer } from '../training/training.js';

/** Who opens the models of a family. Loaded when the first one comes, so that a dense network does not cost what others need. */
const families: Record<string, () => Promise<(file: ModelFile) => Promise<Scorer>>> = {
  dense: async () => (await import('../dense/dense-scorer.js')).DenseScorer.open,
  network: async () => (await import('../networks/network-scorer.js')).NetworkScorer.open,
  forest: async () => (await import('../forests/forest-scorer.js')).ForestScorer.open,
};

/** A model of any family, ready to score. */
export async function openModel(artifact: Uint8Array): Promise<Scorer> {
  const file = readModel(artifact);
  const { family } = file.header;
  const load = Object.hasOwn(families, family) ? families[family] : undefined;
  if (load === undefined) throw new EarshotError('MODEL_INVALID', `There is no family of models ${JSON.stringify(family)}`);
  return (await load())(file);
}
