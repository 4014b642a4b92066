// npm run bench -- embedders [--presets 8] [--variants 6] [--seed 97] [--digits FOLDER]: what the neighbours of each embedder are worth, leave
// one out: on synthetic sounds of presets that no projection was fitted to, on the demonstration library, and on recordings
// DIGIT_SPEAKER_N.wav, across speakers.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resample } from '@earshot/audio';
import { extract, getProfile, pcmInMemory } from '@earshot/features';
import { embedders, Matrix } from '@earshot/learning';
import { families } from '../models/embedder/families.js';
import { syntheticSounds } from '../models/embedder/sounds.js';
import { libraryFiles } from '../models/library/build.js';
import { synthesisRate } from '../models/synthesis/synthesizer.js';
import { readClip } from '../parity/clip.js';
import { type Labelled, retrieval } from './embedders/retrieval.js';

interface Sound extends Omit<Labelled, 'vector'> {
  /** Of each embedder's profile. */
  vectors: Float32Array[];
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      presets: { type: 'string', default: '8' },
      variants: { type: 'string', default: '6' },
      seed: { type: 'string', default: '97' },
      digits: { type: 'string' },
    },
  });
  console.log(
    '| sounds | label, not found by | embedder | clips | precision at 5 | nearest has it | ranked again |\n|---|---|---|---|---|---|---|',
  );
  const synthetic = syntheticLibrary(Number(values.seed), Number(values.presets), Number(values.variants));
  report(
    'synthetic',
    'preset, nobody',
    synthetic.map((sound, i) => ({ ...sound, label: sound.group, group: `${i}` })),
  );
  report('synthetic', 'family, its own preset', synthetic);
  report('library/', 'genre, its own pack', await demonstrationLibrary());
  if (values.digits !== undefined) report('spoken digits', 'digit, its own speaker', await spokenDigits(values.digits));
}

function report(sounds: string, what: string, library: readonly Sound[]): void {
  embedders.forEach((embedder, e) => {
    const scaler = embedder.fit?.(Matrix.of(library.map(({ vectors }) => vectors[e]!)));
    const clips = library.map(({ vectors, label, group }) => ({ vector: embedder.embed(vectors[e]!, scaler), label, group }));
    const [plain, again] = [retrieval(clips), retrieval(clips, { again: true })];
    const figures = `${plain.precisionAt5.toFixed(3)} ± ${plain.standardError.toFixed(3)} | ${plain.nearest.toFixed(3)}`;
    console.log(
      `| ${sounds} | ${what} | ${embedder.name} | ${clips.length} | ${figures} | ${again.precisionAt5.toFixed(3)} / ${again.nearest.toFixed(3)} |`,
    );
  });
}

function syntheticLibrary(seed: number, presets: number, variants: number): Sound[] {
  return [...syntheticSounds(seed, presets, variants)].map(({ family, preset, samples }) => ({
    vectors: vectorsOf(samples, synthesisRate),
    label: families[family]!.name,
    group: `${preset}`,
  }));
}

async function demonstrationLibrary(): Promise<Sound[]> {
  const sounds: Sound[] = [];
  for (const { genre, pack, file } of libraryFiles()) {
    const { samples, sampleRate } = await readClip(file);
    sounds.push({ vectors: vectorsOf(samples, sampleRate), label: genre, group: pack });
  }
  return sounds;
}

async function spokenDigits(folder: string): Promise<Sound[]> {
  const sounds: Sound[] = [];
  for (const file of readdirSync(folder).toSorted()) {
    const [, digit, speaker] = /^(\d)_([^_]+)_\d+\.wav$/.exec(file) ?? [];
    if (digit === undefined || speaker === undefined) continue;
    const { samples, sampleRate } = await readClip(join(folder, file));
    sounds.push({ vectors: vectorsOf(samples, sampleRate), label: digit, group: speaker });
  }
  return sounds;
}

function vectorsOf(samples: Float32Array, sampleRate: number): Float32Array[] {
  const profiles = embedders.map(({ profile }) => getProfile(profile));
  return extract(profiles, (rate) => pcmInMemory(resample(samples, sampleRate, rate), rate)).map(({ values }) => values);
}
