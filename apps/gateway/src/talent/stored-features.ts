import { floatsOf } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { derivedBytes } from '../derived/derived-bytes.js';
import { talentProfile } from './talent-model.service.js';
import { uploadsDataset } from './talent-uploads.service.js';

/** Of so many clips of a label the features are looked at: more would change no picture, and cost every look. */
export const mostClips = 1_000;

/** The feature vectors of uploaded clips of that label, as far as a training or a prediction has computed them. */
export async function storedFeatures(workspace: Workspace, store: BlobStore, label: string): Promise<number[][]> {
  if ((await workspace.datasets.find(uploadsDataset)) === null) return [];
  const entries = await workspace.datasets.entryPage(uploadsDataset, { label, limit: mostClips });
  const found = await workspace.derived.find([...new Set(entries.map(({ sha256 }) => sha256))], [talentProfile.hash]);
  const bytes = await Promise.all(found.map((result) => derivedBytes(workspace, store, result)));
  return bytes.filter((one) => one !== null).map((one) => floatsOf(one));
}
