import type { TalentFeatureInfo } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { columnNames } from '@earshot/features';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { WORKSPACE } from '../tokens.js';
import { storedFeatures } from './stored-features.js';
import { talentProfile } from './talent-model.service.js';

interface Note {
  unit: string;
  description: string;
  interpretation: string;
}

/** By the beginning of the columns' names. */
const notes: Record<string, Note> = {
  mfcc: {
    unit: 'dB',
    description: 'Mel-frequency cepstral coefficients, 13 of them: the shape of the spectrum, coefficient 0 its loudness',
    interpretation: 'Timbre; a steady voice varies little around its means',
  },
  spectral_centroid: {
    unit: 'Hz',
    description: 'Mean frequency, weighted by magnitude',
    interpretation: 'The higher, the brighter the voice',
  },
  spectral_rolloff: {
    unit: 'Hz',
    description: 'Frequency below which 85 % of the magnitude lies',
    interpretation: 'The higher, the more overtones and breath',
  },
  zcr: {
    unit: 'crossings a sample',
    description: 'How often the signal changes its sign',
    interpretation: 'High where the voice is breathy or noisy',
  },
  rms: {
    unit: 'full scale',
    description: 'Root of the mean square of the samples',
    interpretation: 'Loudness, and by its spread how even it is',
  },
  chroma: {
    unit: 'share of the loudest',
    description: 'Energy of each pitch class, the loudest of a frame being 1',
    interpretation: 'Low means are clear notes, high ones many at once',
  },
  tempo: { unit: 'beats a minute', description: 'The most likely tempo; 0 where nothing begins', interpretation: 'Pace' },
};

/** What the features of the talent system mean, and what they are in the clips that were uploaded. */
@Injectable()
export class TalentFeatures {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async describe(): Promise<TalentFeatureInfo> {
    const [good, bad] = await Promise.all(['good', 'bad'].map((label) => storedFeatures(this.workspace, this.store, label)));
    return Object.fromEntries(
      Object.entries(notes).map(([name, { unit, description, interpretation }]) => {
        const told = (rows: readonly number[][] = []) => summaryOf(rows, name, unit);
        return [name, { description, interpretation, good_singers: told(good), bad_singers: told(bad) }];
      }),
    );
  }
}

/** Mean and standard deviation over clips, of each clip the mean of the feature's columns that are means themselves. */
function summaryOf(rows: readonly number[][], feature: string, unit: string): string {
  if (rows.length === 0) return 'No features are stored of such clips yet: upload labelled files and retrain';
  const columns = columnsOf(feature);
  const values = rows.map((row) => columns.reduce((sum, column) => sum + (row[column] ?? 0), 0) / columns.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return `${mean.toPrecision(4)} ± ${deviation.toPrecision(3)} ${unit} (mean and standard deviation of ${rows.length} clips)`;
}

function columnsOf(feature: string): number[] {
  const names = columnNames(talentProfile) ?? [];
  return names.flatMap((name, i) => (name.startsWith(`${feature}_`) && !name.startsWith(`${feature}_std`) ? [i] : []));
}
