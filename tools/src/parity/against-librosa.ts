import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resample } from '@earshot/audio';
import { electro45, extract, logmel128, mfcc49x40, talent37 } from '@earshot/features';
import { LibrosaPeer } from '../librosa/peer.js';
import { type MonoClip, readClip, sourceOf } from './clip.js';
import type { Comparison } from './comparison.js';
import { goldenFolder, readGolden } from './golden.js';
import { SampleErrors } from './sample-errors.js';
import { passageOf } from './tolerance.js';

const pairs = [
  { profile: talent37, peer: 'talent37' },
  { profile: electro45, peer: 'electro45' },
  { profile: logmel128, peer: 'logmel128' },
  { profile: mfcc49x40, peer: 'mfcc49x40' },
] as const;
const cutCount = 200;
const rates = [8000, 11_025, 16_000, 22_050, 44_100, 48_000];
const maximumSeconds = 20;

/** The samples and every profile by us and by librosa itself: on all recordings of a folder, and on random cuts of the golden clips. */
export async function compareWithLibrosa(comparison: Comparison, folder: string, python: string, limit: number): Promise<void> {
  const peer = new LibrosaPeer(python);
  const errors = new SampleErrors();
  const compare = async (name: string, clip: MonoClip) => {
    await compareSamples(errors, peer, name, clip);
    await compareFeatures(comparison, peer, name, clip);
  };
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wav'));
    for (const file of files.toSorted().slice(0, limit)) await compare(file, await readClip(join(folder, file)));
    for await (const { name, clip } of randomCuts()) await compare(name, clip);
  } finally {
    peer.close();
  }
  console.log(`${errors.table()}\n`);
  for (const fault of errors.faults()) comparison.fault(fault);
}

async function compareSamples(errors: SampleErrors, peer: LibrosaPeer, name: string, { samples, sampleRate }: MonoClip): Promise<void> {
  for (const to of [22_050, 16_000] as const) {
    if (sampleRate === to) continue;
    const { values } = await peer.values(`samples${to}`, samples, sampleRate);
    errors.add(name, sampleRate, to, resample(samples, sampleRate, to), values);
  }
}

async function compareFeatures(comparison: Comparison, peer: LibrosaPeer, name: string, clip: MonoClip): Promise<void> {
  for (const { profile, peer: peerProfile } of pairs) {
    const { values, shape, raises } = await peer.values(peerProfile, clip.samples, clip.sampleRate);
    const [ours] = extract([profile], sourceOf(clip));
    if (!ours || raises !== null || shape.join() !== ours.shape.join()) {
      comparison.fault(`${profile.id} ${name}: ${raises ?? `shape ${ours?.shape} where librosa has ${shape}`}`);
      continue;
    }
    const feature = profile.output.kind === 'matrix' ? profile.output.of.feature : '';
    const passage = passageOf(clip.samples, clip.sampleRate, profile.sampleRate);
    values.forEach((value, i) => {
      comparison.compare(profile.id, name, passage, {
        name: ours.columns[i] ?? `${feature} values_${i}`,
        ours: ours.values[i] ?? Number.NaN,
        reference: value,
      });
    });
  }
}

/** Cuts of 1 sample to 20 s at random places, taken as if recorded at a random rate; the same at every run. */
async function* randomCuts(): AsyncGenerator<{ name: string; clip: MonoClip }> {
  const clips = Object.entries(readGolden().clips);
  let state = 20;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < cutCount; i++) {
    const [name, { file }] = clips[random(clips.length)]!;
    const { samples } = await readClip(goldenFolder + file);
    const sampleRate = rates[random(rates.length)]!;
    const start = random(samples.length);
    // short ones as often as long ones
    const longest = Math.min(samples.length - start, maximumSeconds * sampleRate);
    const length = Math.max(1, Math.floor(longest ** (random(1000) / 999)));
    yield {
      name: `${name}[${start}…${start + length}] at ${sampleRate} Hz`,
      clip: { samples: samples.slice(start, start + length), sampleRate },
    };
  }
}
