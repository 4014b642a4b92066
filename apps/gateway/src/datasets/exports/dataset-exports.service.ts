import { EarshotError, floatsOf } from '@earshot/contracts';
import type { MemberRow, VersionRow, Workspace } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import { csvRow } from '@earshot/platform';
import { type BlobStore, readPlace } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { attachment } from '../../clips/content-disposition.js';
import type { Answer } from '../../requests/answer.js';
import { requestInvalid } from '../../requests/parse.js';
import { WORKSPACE } from '../../tokens.js';
import { memberResource } from '../dataset-resource.js';
import { membersOf } from '../members-of.js';
import { ArchiveNames } from './archive-names.js';
import { type ArchiveFile, tarOf } from './tar.js';
import { zipOf } from './zip.js';

export const exportForms = ['tar', 'zip', 'jsonl', 'csv', 'label-studio', 'features'] as const;
export type ExportForm = (typeof exportForms)[number];

type Pieces = AsyncGenerator<string>;

/** A version as a download, read while it is sent. */
@Injectable()
export class DatasetExports {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async answer(name: string, version: VersionRow, form: ExportForm, profile: string): Promise<Answer> {
    const { type, ending, pieces } = await this.download(version, form, profile);
    const headers = { 'Content-Disposition': attachment(`${name}${ending}`), 'Cache-Control': 'no-store, no-transform' };
    return { status: 200, headers, body: { type, stream: pieces } };
  }

  private async download(version: VersionRow, form: ExportForm, profile: string) {
    const archive = () => this.files(version);
    switch (form) {
      case 'tar':
        return { type: 'application/x-tar', ending: '.tar', pieces: () => tarOf(archive()) };
      case 'zip':
        return { type: 'application/zip', ending: '.zip', pieces: () => zipOf(archive()) };
      case 'jsonl':
        return { type: 'application/jsonl', ending: '.jsonl', pieces: () => this.lines(version) };
      case 'csv':
        return { type: 'text/csv; charset=utf-8', ending: '.csv', pieces: () => this.manifest(version) };
      case 'label-studio':
        return { type: 'application/json', ending: '.json', pieces: () => this.labelStudioTasks(version) };
      case 'features':
        return { type: 'text/csv; charset=utf-8', ending: '-features.csv', pieces: await this.features(version, profile) };
    }
  }

  private pages(version: VersionRow): AsyncGenerator<MemberRow[]> {
    return membersOf(this.workspace.datasets, version.id);
  }

  /** The manifest comes first, so its size is measured before; nothing is held for as long as the client reads. */
  private async *files(version: VersionRow): AsyncGenerator<ArchiveFile> {
    let manifestBytes = 0;
    for await (const rows of this.manifest(version)) manifestBytes += Buffer.byteLength(rows);
    yield { path: 'manifest.csv', sizeBytes: manifestBytes, open: async () => encoded(this.manifest(version)) };
    const names = new ArchiveNames();
    for await (const page of this.pages(version)) {
      const sizes = await this.workspace.clips.sizes(page.map(({ clipId }) => clipId));
      for (const member of page) {
        const path = names.of(member);
        const sizeBytes = sizes.get(member.clipId);
        if (member.lost || sizeBytes === undefined) continue;
        yield { path, sizeBytes, open: () => this.store.read({ workspaceId: this.workspace.id, sha256: member.sha256 }) };
      }
    }
  }

  private async *lines(version: VersionRow): Pieces {
    for await (const page of this.pages(version)) yield page.map((member) => `${JSON.stringify(memberResource(member))}\n`).join('');
  }

  private async *manifest(version: VersionRow): Pieces {
    const names = new ArchiveNames();
    yield csvRow(manifestColumns);
    for await (const page of this.pages(version)) yield page.map((member) => manifestRow(names.of(member), member)).join('');
  }

  /** Label Studio's JSON: audio by its address here, the label as a choice that was made. */
  private async *labelStudioTasks(version: VersionRow): Pieces {
    let separator = '[\n';
    for await (const page of this.pages(version)) {
      yield separator + page.map((member) => JSON.stringify(labelStudioTask(member))).join(',\n');
      separator = ',\n';
    }
    yield '\n]\n';
  }

  /** The old table: file name, label, augmentation, and a column for each feature. Refused before it begins when a vector is missing. */
  private async features(version: VersionRow, name: string): Promise<() => Pieces> {
    const profile = getProfile(name);
    if (profile.output.kind !== 'vector')
      throw requestInvalid([{ pointer: '#/profile', detail: 'makes matrices, which are no columns of a table' }]);
    const missing = await this.workspace.datasets.countWithout(version.id, profile.hash);
    if (missing > 0)
      throw new EarshotError(
        'NOT_COMPUTED',
        `${missing} of ${version.clips} clips have no vector of ${name}; POST /api/v1/features computes them`,
      );
    const pages = this.pages(version);
    const vectorsOf = (page: MemberRow[]) => this.vectorsOf(page, profile.hash);
    return async function* () {
      yield csvRow(['filename', 'label', 'augmentation', ...columnNames(profile)]);
      for await (const page of pages) {
        const vectors = await vectorsOf(page);
        yield page
          .filter(({ lost }) => !lost)
          .map(({ filename, label, sha256 }) => csvRow([filename, label, 'original', ...(vectors.get(sha256) ?? [])]))
          .join('');
      }
    };
  }

  private async vectorsOf(page: MemberRow[], recipe: string): Promise<Map<string, number[]>> {
    const found = await this.workspace.derived.find([...new Set(page.map(({ sha256 }) => sha256))], [recipe]);
    const read = found.map(async (one) => [one.sha256, floatsOf(await readPlace(this.store, this.workspace.id, one.place))] as const);
    return new Map(await Promise.all(read));
  }
}

const manifestColumns = ['file', 'label', 'group', 'fold', 'clipId', 'sha256', 'lost'];

function manifestRow(path: string, { label, group, fold, clipId, sha256, lost }: MemberRow): string {
  return csvRow([path, label, group, fold, clipId, sha256, lost]);
}

function labelStudioTask({ clipId, filename, label, group, fold }: MemberRow) {
  const choice = { from_name: 'label', to_name: 'audio', type: 'choices', value: { choices: [label] } };
  return {
    data: { audio: `/api/v1/clips/${clipId}/audio`, filename, clipId, group, fold },
    annotations: [{ result: [choice] }],
  };
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
