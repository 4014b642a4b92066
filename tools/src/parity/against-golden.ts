import { type Extraction, extract, type Profile, profiles } from '@earshot/features';
import { readClip, sourceOf } from './clip.js';
import type { Comparison } from './comparison.js';
import { type GoldenMatrix, goldenFolder, readGolden } from './golden.js';
import { type Passage, passageOf } from './tolerance.js';

const keys = { 'talent-37@1': 'talent37', 'electro-45@1': 'electro45', 'logmel-128@1': 'logmel128', 'mfcc-49x40@1': 'mfcc49x40' } as const;

/** Those that librosa can compute; `speech-40@1` has golden values of its own. */
const librosas = profiles.filter(({ id }) => id in keys);

/** Every such profile on every golden clip; all profiles of a clip in one extraction. */
export async function compareWithGolden(comparison: Comparison): Promise<void> {
  const golden = readGolden();
  for (const [name, clip] of Object.entries(golden.clips)) {
    const mono = await readClip(goldenFolder + clip.file);
    const extractions = extract(librosas, sourceOf(mono));
    librosas.forEach((profile, i) => {
      const extraction = extractions[i]!;
      const reference = clip[keyOf(profile)];
      const passage = passageOf(mono.samples, clip.sampleRate, profile.sampleRate);
      if ('vector' in reference) {
        reference.vector.forEach((value, at) => {
          comparison.compare(profile.id, name, passage, {
            name: extraction.columns[at] ?? '?',
            ours: extraction.values[at] ?? Number.NaN,
            reference: value,
          });
        });
      } else compareMatrix(comparison, profile, name, passage, extraction, reference);
    });
  }
}

function compareMatrix(
  comparison: Comparison,
  { id, output }: Profile,
  clip: string,
  passage: Passage,
  { shape, values }: Extraction,
  reference: GoldenMatrix,
): void {
  const [rows = 0, frames = 0] = shape;
  if (rows !== reference.shape[0] || frames !== reference.shape[1]) {
    comparison.fault(`${id} ${clip}: shape ${shape} where librosa has ${reference.shape}`);
    return;
  }
  const feature = output.kind === 'matrix' ? output.of.feature : '?';
  const mean = (numbers: Float32Array) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const all = mean(values);
  const std = Math.sqrt(mean(values.map((value) => (value - all) ** 2)));
  const compare = (name: string, ours: number, expected: number | undefined) =>
    comparison.compare(id, clip, passage, { name: `${feature} ${name}`, ours, reference: expected ?? Number.NaN });
  compare('mean', all, reference.mean);
  compare('std', std, reference.std);
  for (let row = 0; row < rows; row++) {
    compare(`row means_${row}`, mean(values.subarray(row * frames, (row + 1) * frames)), reference.rowMeans[row]);
  }
  for (const [frame, column] of Object.entries(reference.columns)) {
    column.forEach((value, row) => {
      compare(`values_${row}`, values[row * frames + Number(frame)] ?? Number.NaN, value);
    });
  }
}

function keyOf(profile: Profile): (typeof keys)[keyof typeof keys] {
  const [, key] = Object.entries(keys).find(([id]) => id === profile.id) ?? [];
  if (key === undefined) throw new Error(`${profile.id} has no golden values`);
  return key;
}
