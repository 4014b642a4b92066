// The recordings that the keyword model is made from, as mel power, and what each of them is.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decode, downmix, resample } from '@earshot/audio';
import { extract, pcmInMemory, speech40 } from '@earshot/features';
import { z } from 'zod';
import { noises } from './noises.js';

/** Where a recording comes from. */
export const sources = ['digits', 'commands', 'voices', 'noises'] as const;
export type Source = (typeof sources)[number];

export interface Recording {
  /** `splices`: made of others. */
  source: Source | 'splices';
  /** What is said; of noises, what sounds. */
  word: string;
  speaker: string;
  name: string;
  /** Of speech-40@1: bands × frames, row-major. */
  power: Float32Array;
}

export interface Folders {
  /** Files DIGIT_SPEAKER_N.wav: the Free Spoken Digit Dataset. */
  digits: string;
  /** WORD/SPEAKER_nohash_N.flac: Speech Commands; `_silence_` has noise. */
  commands: string;
  /** WORD/ENGINE-VOICE-N.wav, by `models:build -- voices`. */
  voices: string;
}

interface Found {
  word: string;
  speaker: string;
  name: string;
  samplesAt(sampleRate: number): Promise<Float32Array>;
}

const digitNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** All of them; mel power is computed once and kept in `cache`, of which a source's two files may be deleted at any time. */
export async function readRecordings(folders: Folders, cache: string): Promise<Recording[]> {
  mkdirSync(cache, { recursive: true });
  const found: Record<Source, () => Found[]> = {
    digits: () => digitFiles(folders.digits),
    commands: () => commandFiles(folders.commands),
    voices: () => voiceFiles(folders.voices),
    noises: () => noises(5),
  };
  const all: Recording[] = [];
  for (const source of sources) all.push(...(await keptOrComputed(source, found[source], cache)));
  return all;
}

const kept = z.object({
  profile: z.literal(speech40.hash),
  recordings: z.array(z.object({ word: z.string(), speaker: z.string(), name: z.string(), frames: z.int() })),
});

async function keptOrComputed(source: Source, find: () => Found[], cache: string): Promise<Recording[]> {
  const [list, numbers] = [join(cache, `${source}.json`), join(cache, `${source}.f32`)];
  if (!existsSync(list)) await compute(find(), list, numbers);
  const { recordings } = kept.parse(JSON.parse(readFileSync(list, 'utf8')));
  const bytes = readFileSync(numbers);
  let at = bytes.byteOffset;
  return recordings.map(({ word, speaker, name, frames }) => {
    const power = new Float32Array(bytes.buffer.slice(at, at + 4 * frames * speech40.mel.bands));
    at += power.byteLength;
    return { source, word, speaker, name, power };
  });
}

async function compute(files: Found[], list: string, numbers: string): Promise<void> {
  const recordings: z.output<typeof kept>['recordings'] = [];
  const parts: Uint8Array[] = [];
  for (const { word, speaker, name, samplesAt } of files) {
    const power = powerOf(await samplesAt(speech40.sampleRate));
    recordings.push({ word, speaker, name, frames: power.length / speech40.mel.bands });
    parts.push(new Uint8Array(power.buffer));
  }
  writeFileSync(numbers, Buffer.concat(parts));
  writeFileSync(`${list}.part`, JSON.stringify({ profile: speech40.hash, recordings }));
  renameSync(`${list}.part`, list);
  console.log(JSON.stringify({ computed: basename(list, '.json'), recordings: recordings.length }));
}

/** Mel power of samples at the profile's rate. */
export function powerOf(samples: Float32Array): Float32Array {
  return extract([speech40], (sampleRate) => pcmInMemory(samples, sampleRate))[0]!.values;
}

/** A file's samples, its channels mixed down, at a rate. */
export async function readSamples(path: string, sampleRate: number): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  const limits = { maxSeconds: 600, maxDecodedBytes: 2 ** 30 };
  const decoded = await decode([readFileSync(path)], ({ channels }) => blocks.push(downmix(channels).slice()), limits);
  const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return decoded.sampleRate === sampleRate ? samples : resample(samples, decoded.sampleRate, sampleRate);
}

function digitFiles(folder: string): Found[] {
  return audioFiles(folder).map((name) => {
    const [digit = '', speaker = ''] = name.split('_');
    return fileOf(join(folder, name), digitNames[Number(digit)]!, speaker);
  });
}

function commandFiles(folder: string): Found[] {
  return foldersIn(folder).flatMap((word) =>
    audioFiles(join(folder, word)).map((name) =>
      fileOf(join(folder, word, name), word, basename(name, '.flac').replace(/_nohash_\d+$/, '')),
    ),
  );
}

function voiceFiles(folder: string): Found[] {
  return foldersIn(folder).flatMap((word) =>
    audioFiles(join(folder, word)).map((name) => fileOf(join(folder, word, name), word, name.replace(/-\d+\.wav$/, ''))),
  );
}

function fileOf(path: string, word: string, speaker: string): Found {
  return { word, speaker, name: basename(path), samplesAt: (sampleRate) => readSamples(path, sampleRate) };
}

function audioFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(wav|flac)$/.test(name))
    .sort();
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
