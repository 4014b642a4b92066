import { EarshotError } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { columnNames } from '@earshot/features';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { WORKSPACE } from '../../tokens.js';
import { mostClips, storedFeatures } from '../stored-features.js';
import { talentLabels, talentProfile } from '../talent-model.service.js';
import { type BoxChart, boxChart, type Panel } from './box-chart.js';
import { Pictures } from './pictures.js';

/** Told apart by those who do not see red and green, too (M. Okabe and K. Ito, Color universal design). */
const colors = { bad: '#d55e00', good: '#0072b2' } as const;
const columns = columnNames(talentProfile);

/** Of each label the rows of features. */
type Rows = readonly (readonly (readonly number[])[])[];

const spectrum = [
  { title: 'Spectral centroid', unit: 'Hz', feature: 'spectral_centroid' },
  { title: 'Spectral rolloff', unit: 'Hz, of 85 %', feature: 'spectral_rolloff' },
  { title: 'Zero crossings', unit: 'a sample', feature: 'zcr' },
  { title: 'RMS', unit: '1 is full scale', feature: 'rms' },
];

const charts = {
  mfcc: {
    title: 'MFCC of the uploaded clips',
    rows: (rows: Rows) =>
      [
        { title: 'mean over the clip', column: 'mfcc_mean' },
        { title: 'deviation over the clip', column: 'mfcc_std' },
      ].map(({ title, column }) => [
        panel(rows, { title: `MFCC 0, ${title}`, unit: 'dB' }, [{ name: '0', column: `${column}_0` }]),
        panel(rows, { title: `MFCC 1 to 12, ${title}`, unit: 'dB' }, numbered(column)),
      ]),
  },
  spectral: {
    title: 'Spectrum and loudness of the uploaded clips',
    rows: (rows: Rows) =>
      [
        { name: 'mean over the clip', take: 'mean' },
        { name: 'deviation over the clip', take: 'std' },
      ].map(({ name, take }) => spectrum.map(({ feature, ...told }) => panel(rows, told, [{ name, column: `${feature}_${take}` }]))),
  },
} as const satisfies Record<string, { title: string; rows: (rows: Rows) => BoxChart['rows'] }>;

export type ChartName = keyof typeof charts;

/** How the features of uploaded clips are distributed, as far as a training or a prediction has computed them. */
@Injectable()
export class TalentCharts {
  private readonly pictures = new Pictures();

  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async svg(name: ChartName): Promise<string> {
    const rows = await Promise.all(talentLabels.map((label) => storedFeatures(this.workspace, this.store, label)));
    if (rows.every(({ length }) => length === 0)) throw new EarshotError('NOT_COMPUTED', nothingToShow);
    const { title, rows: panelsOf } = charts[name];
    const series = talentLabels.map((label, i) => ({ name: `${label} (${clips(rows[i]?.length ?? 0)})`, color: colors[label] }));
    return boxChart({ title, subtitle, series, rows: panelsOf(rows) });
  }

  png(name: ChartName, svg: string): Promise<Uint8Array> {
    return this.pictures.of(name, svg);
  }
}

const nothingToShow =
  'No features of labelled uploads are stored yet: upload labelled files (POST /api/v1/upload-data), and retrain (POST /api/v1/retrain), which computes them';
const subtitle =
  'Each clip is one value. Box: quartiles and median; whiskers: up to 1.5 times the quartiles’ distance; dots: single clips, of more than 60 those beyond the whiskers';

function clips(count: number): string {
  if (count === mostClips) return `the first ${count.toLocaleString('en')} clips`;
  return count === 1 ? '1 clip' : `${count} clips`;
}

function panel(rows: Rows, { title, unit }: Pick<Panel, 'title' | 'unit'>, named: { name: string; column: string }[]): Panel {
  const groups = named.map(({ name, column }) => {
    const at = columns.indexOf(column);
    return { name, values: rows.map((ofLabel) => ofLabel.map((row) => row[at] ?? Number.NaN)) };
  });
  return { title, unit, groups };
}

function numbered(column: string) {
  return Array.from({ length: 12 }, (_, i) => ({ name: String(i + 1), column: `${column}_${i + 1}` }));
}
