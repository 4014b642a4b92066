import { readFileSync } from 'node:fs';
import { extract, sound97 } from '@earshot/features';
import { z } from 'zod';
import { readClip, sourceOf } from './clip.js';
import { goldenFolder } from './golden.js';

const golden = z.object({ spread: z.array(z.number()), clips: z.record(z.string(), z.array(z.number())) });

/** How far the entries of `sound-97@1` of one clip are from the reference's (libs/features/golden/sound.json). */
export interface SoundDeviation {
  clip: string;
  sampleRate: number;
  entries: { column: string; ours: number; reference: number; sigmas: number; allowed: number }[];
}

/**
 * What is allowed, as a share of the entry's spread over many sounds. A band that has faded by 20 dB in one frame or the next, by a rounding
 * of the FFT, moves a decay by whole frames. Of clips at 8 kHz all above 4 kHz is what the resampler leaves there.
 */
function allowed(column: string, sampleRate: number): number {
  if (column.startsWith('band_decay_')) return 0.6;
  if (sampleRate === 8000) return 0.1;
  return sampleRate === sound97.sampleRate ? 1e-4 : 0.01;
}

export async function soundDeviations(): Promise<SoundDeviation[]> {
  const { spread, clips } = golden.parse(JSON.parse(readFileSync(`${goldenFolder}sound.json`, 'utf8')));
  const deviations: SoundDeviation[] = [];
  for (const [clip, references] of Object.entries(clips)) {
    const mono = await readClip(`${goldenFolder}audio/${clip}.wav`);
    const { sampleRate } = mono;
    const [extraction] = extract([sound97], sourceOf(mono));
    const entries = references.map((reference, i) => {
      const [ours, column] = [extraction?.values[i] ?? Number.NaN, extraction?.columns[i] ?? '?'];
      return { column, ours, reference, sigmas: Math.abs(ours - reference) / spread[i]!, allowed: allowed(column, sampleRate) };
    });
    deviations.push({ clip, sampleRate, entries });
  }
  return deviations;
}

export function soundFaults(deviations: readonly SoundDeviation[]): string[] {
  return deviations.flatMap(({ clip, entries }) =>
    entries
      .filter(({ sigmas, allowed }) => !(sigmas <= allowed))
      .map(({ column, ours, reference, sigmas }) => `${sound97.id} ${clip} ${column}: ${ours}, reference ${reference}, ${sigmas} σ off`),
  );
}

export function soundTable(deviations: readonly SoundDeviation[]): string {
  const rows = deviations.map(({ clip, sampleRate, entries }) => {
    const worst = entries.reduce((most, entry) => (entry.sigmas > most.sigmas ? entry : most));
    const mean = entries.reduce((sum, { sigmas }) => sum + sigmas, 0) / entries.length;
    return `| ${clip} | ${sampleRate} | ${mean.toExponential(1)} | ${worst.sigmas.toExponential(1)} | ${worst.column} |`;
  });
  return ['| clip of sound-97@1 | Hz | mean in σ | max in σ | worst entry |', '|---|---|---|---|---|', ...rows].join('\n');
}
