import { EarshotError } from '@earshot/contracts';
import type { ItemSource, Workspace } from '@earshot/database';

const samplesPerPage = 5_000;

/** The samples of the library as the items of a job, in the order of their ids; fewer than `least` are DATASET_TOO_SMALL. */
export async function libraryItems({ samples }: Pick<Workspace, 'samples'>, least: number): Promise<ItemSource> {
  const first = await samples.page({}, null, samplesPerPage);
  if (first.length < least)
    throw new EarshotError('DATASET_TOO_SMALL', `The library has ${first.length} samples; at least ${least} are needed: add some first`);
  return (async function* () {
    for (let page = first; ; ) {
      for (const { clipId } of page) yield { clipId, customId: null };
      const last = page.at(-1);
      if (last === undefined || page.length < samplesPerPage) return;
      page = await samples.page({}, last.clipId, samplesPerPage);
    }
  })();
}
