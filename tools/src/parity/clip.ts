import { readFileSync } from 'node:fs';
import { decode, resample } from '@earshot/audio';
import { type PcmSource, pcmInMemory } from '@earshot/features';

export interface MonoClip {
  samples: Float32Array;
  sampleRate: number;
}

/** A sound file as one channel (the mean of its channels), at its own rate. */
export async function readClip(file: string): Promise<MonoClip> {
  const blocks: Float32Array[] = [];
  const limits = { maxSeconds: 3600, maxDecodedBytes: 4e9 };
  const { sampleRate } = await decode([readFileSync(file)], ({ channels }) => blocks.push(mono(channels)), limits);
  const samples = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return { samples, sampleRate };
}

/** The clip at the rate for which `extract` asks. */
export function sourceOf({ samples, sampleRate }: MonoClip): (wantedRate: number) => PcmSource {
  return (wantedRate) => pcmInMemory(resample(samples, sampleRate, wantedRate), wantedRate);
}

function mono(channels: Float32Array[]): Float32Array {
  const [first] = channels;
  if (channels.length === 1 && first) return first.slice(); // a block is the decoder's
  return Float32Array.from(
    { length: first?.length ?? 0 },
    (_, i) => channels.reduce((sum, channel) => sum + channel[i]!, 0) / channels.length,
  );
}
