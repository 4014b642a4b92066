import { queries } from '../../api/queries.js';

/** Reads again what a change of a dataset shows in. */
export async function readAgain(name: string): Promise<void> {
  const keys = [['dataset', name], ['dataset-clips', name], ['dataset-versions', name], ['datasets']];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
