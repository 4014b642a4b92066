import { readFileSync } from 'node:fs';
import { canDecode, type Decoded, decode, NotDecodedHere, sniffBytes, sniffFormat } from '@earshot/audio';
import { decodeByFfmpeg, encodeByFfmpeg } from './ffmpeg-files.js';
import type { FormatCase } from './format-cases.js';
import { testClip } from './test-clip.js';

export interface FormatFinding {
  name: string;
  sampleRate: number;
  channels: number;
  sniffed: string | null;
  /** Ours, or `other` when the format is left to the next decoder. */
  decoder: string;
  /** Decoded length less the length that was encoded. */
  excessMs: number;
  /** Of the worst channel against ffmpeg's output, of its RMS. */
  errorOfRms: number;
  faults: string[];
}

/** What decodes the formats that are not decoded here: the whole ladder. */
export type OtherDecoder = (clip: { path: string; sizeBytes: number }) => Promise<WithoutFormat>;

const limits = { maxSeconds: 60, maxDecodedBytes: 2 ** 28 };
const lossyExcessMs = 60;

/** Encodes the test clip, decodes it, and compares with what went in and with what ffmpeg makes of the same file. */
export async function checkFormat(
  item: FormatCase,
  sampleRate: number,
  channelCount: number,
  path: string,
  otherDecoder?: OtherDecoder,
): Promise<FormatFinding> {
  const clip = testClip(sampleRate, channelCount);
  encodeByFfmpeg(clip.wav, item.encode, path);
  const file = new Uint8Array(readFileSync(path));
  const sniffed = sniffFormat(file.subarray(0, sniffBytes));
  const finding: FormatFinding = {
    ...{ name: item.name, sampleRate, channels: channelCount, sniffed, decoder: 'other', excessMs: 0, errorOfRms: 0, faults: [] },
  };
  if (sniffed !== item.format) finding.faults.push(`sniffed as ${sniffed}, expected ${item.format}`);
  const result = await decodeHere(file);
  if (result === null) {
    if (sniffed && canDecode(sniffed)) finding.faults.push('refused, though canDecode says yes');
    if (!otherDecoder) return finding;
    const decoded = await otherDecoder({ path, sizeBytes: file.length });
    compareLength(finding, item, clip.samples, decodeByFfmpeg(path, channelCount), decoded);
    return finding;
  }
  const theirs = decodeByFfmpeg(path, channelCount);
  compareLength(finding, item, clip.samples, theirs, result.decoded);
  compareSamples(finding, item, clip.samples, theirs, result.samples);
  return finding;
}

interface Result {
  decoded: Decoded;
  samples: Float32Array[];
}

async function decodeHere(file: Uint8Array): Promise<Result | null> {
  const parts: Float32Array[][] = [];
  try {
    const decoded = await decode([file], ({ channels }) => parts.push(channels), limits);
    const samples = Array.from({ length: decoded.channels }, () => new Float32Array(decoded.frames));
    let at = 0;
    for (const part of parts) {
      for (const [c, values] of part.entries()) samples[c]!.set(values, at);
      at += part[0]!.length;
    }
    return { decoded, samples };
  } catch (error) {
    if (error instanceof NotDecodedHere) return null;
    throw error;
  }
}

type WithoutFormat = Omit<Decoded, 'format'>;

function compareLength(
  finding: FormatFinding,
  item: FormatCase,
  source: Float32Array[],
  theirs: Float32Array[],
  decoded: WithoutFormat,
): void {
  const { faults } = finding;
  const { channels, frames, sampleRate } = decoded;
  const encodedFrames = source[0]!.length;
  finding.decoder = decoded.decoder;
  finding.excessMs = 1000 * (frames / sampleRate - encodedFrames / finding.sampleRate);
  if (channels !== source.length) faults.push(`${channels} channels decoded`);
  const isWrong = item.isLossless ? frames !== encodedFrames : item.knowsPadding && Math.abs(finding.excessMs) > lossyExcessMs;
  if (isWrong) faults.push(`${frames} frames at ${sampleRate} Hz, ${encodedFrames} at ${finding.sampleRate} Hz were encoded`);
  if (Math.abs(frames - theirs[0]!.length) > (lossyExcessMs / 1000) * sampleRate)
    faults.push(`${frames} frames, ffmpeg ${theirs[0]!.length}`);
}

function compareSamples(
  finding: FormatFinding,
  item: FormatCase,
  source: Float32Array[],
  theirs: Float32Array[],
  samples: Float32Array[],
): void {
  finding.errorOfRms = Math.max(...samples.map((channel, c) => relativeError(channel, theirs[c]!)));
  if (!(finding.errorOfRms <= item.tolerance)) finding.faults.push(`${finding.errorOfRms} of the RMS away from ffmpeg`);
  const isExact = samples.every((channel, c) => channel.every((value, i) => value === source[c]![i]));
  if (item.isLossless && !/ (u8|alaw|mulaw)$/.test(item.name) && !isExact) finding.faults.push('not the samples that were encoded');
}

function relativeError(ours: Float32Array, theirs: Float32Array): number {
  const length = Math.min(ours.length, theirs.length);
  let [error, power] = [0, 0];
  for (let i = 0; i < length; i++) {
    error += (ours[i]! - theirs[i]!) ** 2;
    power += theirs[i]! ** 2;
  }
  return Math.sqrt(error / power);
}
