import type { NewItem } from '../hot/accept.js';
import type { DatasetRepository } from './dataset.repository.js';

const membersPerPage = 5_000;

/**
 * The members of a version as the items of a job, index by index. To be created with `mayBeDeleted`: the items of clips that the version
 * has lost fail with CLIP_DELETED.
 */
export async function* datasetItems(datasets: Pick<DatasetRepository, 'members'>, versionId: string): AsyncGenerator<NewItem> {
  for (let after = -1; ; after += membersPerPage) {
    const page = await datasets.members(versionId, after, membersPerPage);
    for (const { clipId } of page) yield { clipId, customId: null };
    if (page.length < membersPerPage) return;
  }
}
