import { queries } from '../../api/queries.js';

/** Reads again what a change of a classifier shows in. */
export async function readAgain(name: string): Promise<void> {
  const keys = [['classifier', name], ['classifiers'], ['versions', name], ['version', name]];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
