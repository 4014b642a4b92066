import type { DatasetRepository } from '@earshot/database';
import { Numbering } from '@earshot/learning';

/** What a version of a dataset says of its clips, column by column: some bytes a clip, so that a million are no matter. */
export interface DatasetColumns {
  /** In the order of their names. */
  labels: string[];
  /** Of each clip, an index into `labels`. */
  labelOf: Int32Array;
  /** Of each clip a number; where nothing is known of its group, one of its own. */
  groupOf: Int32Array;
  groupNames: ReadonlyMap<string, number>;
  /** Of each clip; −1: none. */
  foldOf: Int32Array;
  isLost: Uint8Array;
  /** Of each clip a number, the same for those of the same bytes. */
  bytesOf: Int32Array;
}

const membersPerPage = 5_000;

export async function readColumns(datasets: Pick<DatasetRepository, 'members'>, versionId: string): Promise<DatasetColumns> {
  const [labelIds, groupIds] = [new Numbering(), new Numbering()];
  const [labelOf, groupOf, foldOf, isLost]: [number[], (number | null)[], number[], number[]] = [[], [], [], []];
  const bytesOf: number[] = [];
  let last: string | undefined;
  for (let after = -1; ; after += membersPerPage) {
    const page = await datasets.members(versionId, after, membersPerPage);
    for (const { label, group, fold, lost, sha256 } of page) {
      labelOf.push(labelIds.of(label));
      groupOf.push(group === null ? null : groupIds.of(group));
      foldOf.push(fold ?? -1);
      isLost.push(lost ? 1 : 0);
      bytesOf.push((bytesOf.at(-1) ?? -1) + (sha256 === last ? 0 : 1)); // a version's members are sorted by it
      last = sha256;
    }
    if (page.length < membersPerPage) break;
  }
  const labels = labelIds.names.toSorted();
  const place = new Map(labels.map((label, i) => [labelIds.of(label), i]));
  let next = groupIds.names.length;
  return {
    labels,
    labelOf: Int32Array.from(labelOf, (label) => place.get(label) ?? -1),
    groupOf: Int32Array.from(groupOf, (group) => group ?? next++),
    groupNames: groupIds.numbers,
    foldOf: Int32Array.from(foldOf),
    isLost: Uint8Array.from(isLost),
    bytesOf: Int32Array.from(bytesOf),
  };
}
