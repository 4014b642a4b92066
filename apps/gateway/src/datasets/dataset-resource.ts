import {
  type DatasetClip,
  type DatasetMember,
  type DatasetResource,
  type DatasetVersionResource,
  datasetName,
  EarshotError,
} from '@earshot/contracts';
import type { DatasetRow, EntryRow, LabelCount, MemberRow, VersionRow } from '@earshot/database';

export function datasetResource({ name, description, revision, createdAt, updatedAt }: DatasetRow, labels?: LabelCount[]): DatasetResource {
  const self = pathOf(name);
  return {
    name,
    description,
    revision,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(labels === undefined ? {} : { counts: countsOf(labels) }),
    links: { self, clips: `${self}/clips`, versions: `${self}/versions` },
  };
}

export function datasetClip({ clipId, filename, sha256, sizeBytes, label, group, fold }: EntryRow): DatasetClip {
  return { clipId, filename, sha256, sizeBytes, label, group, fold };
}

export function versionResource(name: string, version: VersionRow): DatasetVersionResource {
  const { id, number, hash, clips, labels, lost, createdAt } = version;
  const self = `${pathOf(name)}/versions/${number}`;
  return { id, number, hash, clips, labels, lost, createdAt: createdAt.toISOString(), links: { self, clips: `${self}/clips` } };
}

export function memberResource({ index, clipId, sha256, filename, label, group, fold, lost }: MemberRow): DatasetMember {
  return { index, clipId, filename, sha256, label, group, fold, lost };
}

/** Changes whenever the dataset does. */
export function datasetTag({ id, revision }: DatasetRow): string {
  return `"${id}.${revision}"`;
}

/** The name in a path; one that cannot be any is not found. */
export function datasetNameOf(text: string): string {
  if (!datasetName.safeParse(text).success) throw new EarshotError('DATASET_NOT_FOUND', `There is no dataset ${text.slice(0, 100)}`);
  return text;
}

/** The number in a path, or `newest`. */
export function versionNumberOf(text: string): number | undefined {
  if (text === 'newest') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new EarshotError('DATASET_VERSION_NOT_FOUND', `There is no version ${text.slice(0, 100)}`);
  return Number(text);
}

function pathOf(name: string): string {
  return `/api/v1/datasets/${name}`;
}

function countsOf(labels: LabelCount[]): DatasetResource['counts'] {
  const of = (isLabelled: boolean) => labels.filter(({ label }) => (label !== null) === isLabelled);
  const sum = (counted: LabelCount[]) => counted.reduce((total, { clips }) => total + clips, 0);
  return {
    clips: sum(labels),
    unlabelled: sum(of(false)),
    labels: Object.fromEntries(of(true).map(({ label, clips }) => [label ?? '', clips])),
  };
}
