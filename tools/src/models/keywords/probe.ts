// npm run models:build -- probe --digits DIR --voices DIR [--clips 400]: the bundled keyword model on the same words with and without what
// must not matter to it (noise above 4 kHz, a recording at 22 kHz), and what a clip costs. The model has trained on these recordings: the
// two columns are to be compared with each other, and with nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resample } from '@earshot/audio';
import { openModel, type Scorer } from '@earshot/learning';
import { Random } from '../../random.js';
import { modelsFolder } from '../bundle.js';
import { digits } from '../voices/words.js';
import { labels } from './corpus.js';
import { powerOf, readSamples } from './recordings.js';

interface Clip {
  label: number;
  samples: Float32Array;
}

const wideRate = 44_100;
const voiceRate = 22_050;
const telephoneRate = 8000;

export async function probe(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { digits: { type: 'string' }, voices: { type: 'string' }, clips: { type: 'string', default: '400' } },
  });
  if (values.digits === undefined || values.voices === undefined) throw new Error('--digits and --voices DIR are needed');
  const count = Number(values.clips);
  const scorer = await openModel(readFileSync(join(modelsFolder, 'keywords', 'artifact.safetensors')));
  const people = await everyFew(peoplePaths(values.digits), count, wideRate);
  const voices = await everyFew(voicePaths(values.voices), count, voiceRate);
  const narrow = (clips: Clip[], rate: number) =>
    clips.map(({ label, samples }) => ({ label, samples: resample(samples, rate, telephoneRate) }));
  const pairs = {
    'noise above 4 kHz, as loud as the word': [narrow(people, wideRate), narrow(people.map(withHighNoise), wideRate)],
    'noise above 4 kHz, 20 dB louder': [
      narrow(people, wideRate),
      narrow(
        people.map((clip) => withHighNoise(clip, 10)),
        wideRate,
      ),
    ],
    // Once from 22,050 Hz to the profile's rate, and once by way of a telephone band's file.
    'spoken by synthesisers at 22 kHz': [throughFile(narrow(voices, voiceRate)), narrow(voices, voiceRate)],
  } as const;
  for (const [what, [without, having]] of Object.entries(pairs)) {
    const line = { what, clips: without.length, rightWithout: share(scorer, without), rightWith: share(scorer, having) };
    console.log(JSON.stringify({ ...line, sameAnswer: same(scorer, without, having) }));
  }
  console.log(JSON.stringify({ what: 'one second of 8 kHz, one at a time', ...costs(scorer, people.slice(0, 200)) }));
  scorer.close();
}

function peoplePaths(folder: string): [number, string][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .sort()
    .map((name) => [Number(name[0]), join(folder, name)]);
}

function voicePaths(folder: string): [number, string][] {
  return digits.flatMap((word, digit) =>
    readdirSync(join(folder, word))
      .filter((name) => name.startsWith('espeak-ng'))
      .sort()
      .map((name): [number, string] => [digit, join(folder, word, name)]),
  );
}

async function everyFew(paths: [number, string][], count: number, rate: number): Promise<Clip[]> {
  const step = Math.max(1, paths.length / count);
  const chosen = Array.from({ length: Math.min(count, paths.length) }, (_, i) => paths[Math.floor(i * step)]!);
  return Promise.all(chosen.map(async ([label, path]) => ({ label, samples: await readSamples(path, rate) })));
}

/** Noise of 0 to 4 kHz on a carrier of 8.3 kHz lies between 4.3 and 12.3 kHz. */
function withHighNoise({ label, samples }: Clip, gain = 1): Clip {
  const random = new Random(samples.length);
  const low = resample(
    Float32Array.from({ length: Math.ceil((samples.length * telephoneRate) / wideRate) + 8 }, () => 2 * random.next() - 1),
    telephoneRate,
    wideRate,
  );
  const noise = samples.map((_, i) => low[i]! * Math.cos((2 * Math.PI * 8300 * i) / wideRate));
  const level = (gain * rms(samples)) / rms(noise);
  return { label, samples: samples.map((value, i) => value + level * noise[i]!) };
}

/** As a 16-bit file has them. */
function throughFile(clips: Clip[]): Clip[] {
  return clips.map(({ label, samples }) => ({ label, samples: samples.map((value) => Math.round(value * 32_767) / 32_768) }));
}

function answers(scorer: Scorer, clips: readonly Clip[]): number[] {
  const probabilities = scorer.score(clips.map(({ samples }) => powerOf(samples)));
  return clips.map((_, i) => {
    const row = probabilities.subarray(i * labels.length, (i + 1) * labels.length);
    return row.indexOf(Math.max(...row));
  });
}

function share(scorer: Scorer, clips: readonly Clip[]): number {
  const given = answers(scorer, clips);
  return clips.filter(({ label }, i) => given[i] === label).length / clips.length;
}

function same(scorer: Scorer, a: readonly Clip[], b: readonly Clip[]): number {
  const [first, second] = [answers(scorer, a), answers(scorer, b)];
  return first.filter((label, i) => label === second[i]).length / a.length;
}

/** Medians of processor time, after a warm-up. */
function costs(scorer: Scorer, clips: readonly Clip[]): { featuresMs: number; scoreMs: number } {
  const seconds = clips.map(({ samples }) => resample(samples, wideRate, telephoneRate));
  const powers = seconds.map(powerOf);
  const median = (work: (index: number) => void): number => {
    for (let i = 0; i < seconds.length; i++) work(i);
    const times = seconds.map((_, i) => {
      const start = process.cpuUsage();
      for (let again = 0; again < 5; again++) work(i);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 5000;
    });
    return Math.round((times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN) * 1000) / 1000;
  };
  return { featuresMs: median((i) => powerOf(seconds[i]!)), scoreMs: median((i) => scorer.score([powers[i]!])) };
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}
