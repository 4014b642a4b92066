import { datasetItems, type ItemSource, type VersionRow, type Workspace } from '@earshot/database';

/** What the options of work over a dataset say of it. */
export interface DatasetChoice {
  dataset: string;
  /** Left out: the labelled clips as they are now. */
  datasetVersion?: number;
}

/** The version that work is over, and its clips as items. */
export async function resolveDataset(
  { dataset, datasetVersion }: DatasetChoice,
  { datasets }: Workspace,
): Promise<{ version: VersionRow; items: ItemSource }> {
  const version = datasetVersion === undefined ? await datasets.freeze(dataset) : await datasets.version(dataset, datasetVersion);
  return { version, items: datasetItems(datasets, version.id) };
}
