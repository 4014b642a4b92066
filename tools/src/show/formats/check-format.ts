import { readFileSync, writeFileSync } from 'node:fs';
import { canDecode, type Decoded, decode, NotDecodedHere, sniffBytes, sniffFormat } from '@earshot/audio';
import { compareLength, compareLevel, compareSamples } from './compare.js';
import { decodeByFfmpeg, encodeByFfmpeg } from './ffmpeg-files.js';
import type { FormatFinding } from './finding.js';
import type { FormatCase } from './format-cases.js';
import { testClip } from './test-clip.js';

/** What the whole ladder says of a clip, for the formats that are not decoded here. */
export type OtherDecoder = (clip: { path: string; sizeBytes: number }) => Promise<Omit<Decoded, 'format'> & { peak: number; rms: number }>;

const limits = { maxSeconds: 60, maxDecodedBytes: 2 ** 28 };

/** Encodes the test clip, decodes it, and compares with what went in and with what ffmpeg makes of the same file. */
export async function checkFormat(
  item: FormatCase,
  sampleRate: number,
  channelCount: number,
  path: string,
  otherDecoder?: OtherDecoder,
): Promise<FormatFinding> {
  const clip = testClip(sampleRate, channelCount);
  if (typeof item.encode === 'function') writeFileSync(path, item.encode());
  else encodeByFfmpeg(clip.wav, item.encode, path);
  const file = new Uint8Array(readFileSync(path));
  const sniffed = sniffFormat(file.subarray(0, sniffBytes));
  const finding: FormatFinding = {
    ...{ name: item.name, sampleRate, channels: channelCount, sniffed, decoder: 'other', excessMs: 0, errorOfRms: 0, faults: [] },
  };
  if (sniffed !== item.format) finding.faults.push(`sniffed as ${sniffed}, expected ${item.format}`);
  const theirs = decodeByFfmpeg(path, channelCount);
  const result = await decodeHere(file);
  if (result) {
    compareLength(finding, item, clip.samples, theirs, result.decoded);
    compareSamples(finding, item, clip.samples, theirs, result.samples);
    return finding;
  }
  if (sniffed && canDecode(sniffed)) finding.faults.push('refused, though canDecode says yes');
  if (!otherDecoder) return finding;
  const described = await otherDecoder({ path, sizeBytes: file.length });
  compareLength(finding, item, clip.samples, theirs, described);
  compareLevel(finding, theirs, described);
  return finding;
}

async function decodeHere(file: Uint8Array): Promise<{ decoded: Decoded; samples: Float32Array[] } | null> {
  const parts: Float32Array[][] = [];
  try {
    const decoded = await decode([file], ({ channels }) => parts.push(channels.map((samples) => samples.slice())), limits);
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
