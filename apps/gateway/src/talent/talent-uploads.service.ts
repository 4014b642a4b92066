import { randomUUID } from 'node:crypto';
import { EarshotError } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import { newClip } from '../clips/new-clip.js';
import { prefixOf, saidOfFiles } from '../datasets/entry-fields.js';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { requestInvalid } from '../requests/parse.js';
import { BODY_LIMITS, OLD_CLIENT_SETTINGS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { talentLabels } from './talent-model.service.js';
import { errorOf } from './talent-predictions.service.js';

/** What `upload-data` fills and `retrain` trains on. */
export const uploadsDataset = 'uploads';

type Settings = Pick<OldClientSettings, 'ALLOWED_AUDIO_FORMATS' | 'MAX_UPLOAD_SIZE'>;

/** Takes recordings to train on; a bad file costs the others nothing. */
@Injectable()
export class TalentUploads {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    @Inject(OLD_CLIENT_SETTINGS) private readonly settings: Settings,
    private readonly clips: ClipsService,
  ) {}

  async take(request: Request) {
    const { ALLOWED_AUDIO_FORMATS: formats, MAX_UPLOAD_SIZE } = this.settings;
    const limits = { ...this.limits, maxFileBytes: Math.min(MAX_UPLOAD_SIZE, this.limits.maxFileBytes) };
    const form = { fields: ['labels', 'label'], fileFields: ['files'], formats, isBadFileLeftOut: true };
    const { files, refused, fields } = await this.clips.receive(request, form, limits);
    const isRefused = new Set(refused.map(({ index }) => index));
    const total = files.length + refused.length;
    const said = labelsOf(fields, total).filter((_, index) => !isRefused.has(index));
    const labelled = files.map((file, i) => ({ file, label: said[i] ?? labelOfName(file.filename) }));
    await this.put(labelled);
    const unlabelled = labelled.filter(({ label }) => label === null).map(({ file }) => file.filename);
    return {
      total_files: total,
      uploaded_files: files.length,
      failed_files: refused.length,
      message: messageOf(files.length, unlabelled.length),
      timestamp: new Date().toISOString(),
      unlabelled,
      errors: refused.map(({ index, ...file }) => errorOf(file, index)),
    };
  }

  private async put(labelled: { file: Parameters<typeof newClip>[0]; label: string | null }[]): Promise<void> {
    if (labelled.length === 0) return;
    await this.makeDataset();
    const clips = labelled.map(({ file }) => newClip(file));
    const changes = clips.map(({ id }, i) => ({ clipId: id, label: labelled[i]?.label ?? null, group: null, fold: null }));
    const parts = { requestId: randomUUID(), createdAt: new Date(), clips, changes, keyed: null };
    await this.workspace.datasets.upload(uploadsDataset, parts);
  }

  private async makeDataset(): Promise<void> {
    if ((await this.workspace.datasets.find(uploadsDataset)) !== null) return;
    try {
      await this.workspace.datasets.create({ name: uploadsDataset, description: 'What /api/v1/upload-data was sent' });
    } catch (error) {
      if (!(error instanceof EarshotError && error.code === 'DATASET_EXISTS')) throw error; // another request was first
    }
  }
}

/** Of each file what the fields say; null where they do not. */
function labelsOf(fields: Record<string, string[]>, files: number): (string | null)[] {
  const said = saidOfFiles(fields, new Array<string>(files).fill(''));
  return said.map(({ label }) => {
    if (typeof label !== 'string') return null;
    const known = knownLabel(label);
    if (known === null) throw requestInvalid([{ pointer: '#/labels', detail: `must be good or bad, not ${label}` }]);
    return known;
  });
}

function labelOfName(filename: string): string | null {
  return knownLabel(prefixOf(filename) ?? '');
}

function knownLabel(word: string): string | null {
  return talentLabels.find((label) => label === word.toLowerCase()) ?? null;
}

function messageOf(uploaded: number, unlabelled: number): string {
  const stored = `${uploaded} files are stored`;
  return unlabelled === 0 ? stored : `${stored}; ${unlabelled} of them have no label and are not trained on`;
}
