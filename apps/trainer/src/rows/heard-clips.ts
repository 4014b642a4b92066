import { trainInput } from '@earshot/contracts';
import type { DatasetRepository, ModelVersionRow } from '@earshot/database';
import { z } from 'zod';

const membersPerPage = 5_000;

interface Kept {
  datasets: Pick<DatasetRepository, 'members'>;
  versions: { find(id: string): Promise<Pick<ModelVersionRow, 'datasetVersionId' | 'provenance'> | null> };
}

const started = z.object({ from: trainInput.shape.from.optional() });

/** The hashes of all clips that a model was made from, and of those that the one was made from that it started from; null where that is not known. */
export async function clipsHeardBy(modelVersionId: string, { datasets, versions }: Kept): Promise<ReadonlySet<string> | null> {
  const heard = new Set<string>();
  for (let id: string | undefined = modelVersionId; id !== undefined; ) {
    const model = await versions.find(id);
    if (model === null || model.datasetVersionId === null) return null;
    let clips = 0;
    for await (const { sha256 } of membersOf(datasets, model.datasetVersionId)) {
      heard.add(sha256);
      clips += 1;
    }
    if (clips === 0) return null; // the version is gone
    id = started.parse(model.provenance).from?.modelVersionId;
  }
  return heard;
}

/** How many of the clips of a version of a dataset are among those. */
export async function countHeard(
  heard: ReadonlySet<string>,
  { datasets }: Pick<Kept, 'datasets'>,
  versionId: string,
  isAsked: (index: number) => boolean = () => true,
): Promise<number> {
  let count = 0;
  for await (const { index, sha256 } of membersOf(datasets, versionId)) if (isAsked(index) && heard.has(sha256)) count += 1;
  return count;
}

async function* membersOf(datasets: Kept['datasets'], versionId: string) {
  for (let after = -1; ; after += membersPerPage) {
    const page = await datasets.members(versionId, after, membersPerPage);
    yield* page;
    if (page.length < membersPerPage) return;
  }
}
