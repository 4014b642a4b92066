import { createResampler, type Resampler } from '@earshot/audio';
import type { PcmSource, Spool } from '@earshot/features';
import { MonoMix } from './mono-mix.js';

interface Track {
  sampleRate: number;
  spool: Spool;
  /** Made when the first block tells the rate of the clip. */
  resampler?: Resampler;
}

/** The mean of a clip's channels at each of several sample rates, taken down while the clip is decoded, to be read again and again. */
export class ClipPcm {
  private readonly tracks: Track[];
  private readonly mix = new MonoMix();

  constructor(sampleRates: Iterable<number>, newSpool: () => Spool) {
    this.tracks = [...new Set(sampleRates)].map((sampleRate) => ({ sampleRate, spool: newSpool() }));
  }

  add(channels: readonly Float32Array[], from: number): void {
    const mono = this.mix.of(channels);
    for (const track of this.tracks) {
      track.resampler ??= createResampler({ from, to: track.sampleRate });
      append(track, track.resampler.push([mono]));
    }
  }

  /** No more comes: what the resamplers still hold is taken too. */
  end(): void {
    for (const track of this.tracks) append(track, track.resampler?.end() ?? []);
  }

  at(sampleRate: number): PcmSource {
    const spool = this.tracks.find((track) => track.sampleRate === sampleRate)?.spool;
    if (spool === undefined) throw new RangeError(`Nothing was taken down at ${sampleRate} Hz`);
    return { sampleRate, sampleCount: spool.length, read: (start, target) => spool.read(start, target) };
  }

  close(): void {
    for (const { spool } of this.tracks) spool.close();
  }
}

function append({ spool }: Track, [mono]: Float32Array[]): void {
  if (mono !== undefined && mono.length > 0) spool.append(mono);
}
