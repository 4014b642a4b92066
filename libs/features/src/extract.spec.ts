import { loadKernels } from '@earshot/kernels';
import { extract } from './extract.js';
import { clips, noise, readClip, sampleRate } from './golden.fixture.js';
import { pcmInMemory } from './pcm-source.js';
import { defineProfile, type Profile } from './profile.js';
import { electro45, logmel128, mfcc49x40, profiles, talent37 } from './profiles.js';
import { MemorySpool } from './spool.js';

const at = (samples: Float32Array) => (rate: number) => pcmInMemory(samples, rate);
const close = (actual: number, expected: number, absolute: number) =>
  Math.abs(actual - expected) <= Math.max(absolute, 1e-4 * Math.abs(expected));

describe.each(clips.filter((clip) => clip.sampleRate === sampleRate))('$name', (clip) => {
  const samples = readClip(clip.name);
  const [talent, electro, logMel] = extract([talent37, electro45, logmel128], at(samples));

  it.each([
    ['talent-37', talent!, clip.talent37.vector],
    ['electro-45', electro!, clip.electro45.vector],
  ])("has librosa's %s", (_, { values, columns }, reference) => {
    const outside = columns.filter((name, i) => {
      if (name.startsWith('tempo')) return Math.abs(values[i]! - reference[i]!) > 1e-4;
      return !close(values[i]!, reference[i]!, clip.name === 'impulse' && name.startsWith('chroma') ? 1e-3 : 5e-4);
    });
    expect(outside).toEqual([]);
  });

  it("has librosa's log-mel", () => {
    const [rows = 0, frames = 0] = logMel!.shape;
    expect([rows, frames]).toEqual(clip.logmel128.shape);
    for (const [frame, column] of Object.entries(clip.logmel128.columns)) {
      const outside = column.filter((expected, row) => !close(logMel!.values[row * frames + Number(frame)]!, expected, 5e-4));
      expect(outside).toEqual([]);
    }
  });
});

describe.each(clips.filter((clip) => clip.sampleRate === 16_000))('$name', (clip) => {
  it("has librosa's 49 × 40 MFCC", () => {
    const [mfcc] = extract([mfcc49x40], at(readClip(clip.name)));
    expect(mfcc!.shape).toEqual(clip.mfcc49x40.shape);
    for (const [frame, column] of Object.entries(clip.mfcc49x40.columns)) {
      const outside = column.filter((expected, row) => !close(mfcc!.values[row * 40 + Number(frame)]!, expected, 5e-4));
      expect(outside).toEqual([]);
    }
  });
});

describe('an extraction', () => {
  const song = readClip('song-120bpm');

  it('asks for each rate once and gives the profiles in their order', () => {
    const rates: number[] = [];
    const all = extract(profiles, (rate) => {
      rates.push(rate);
      return pcmInMemory(song, rate);
    });
    expect(rates).toEqual([22_050, 16_000, 44_100, 8_000]);
    expect(all.map(({ profile }) => profile)).toEqual(profiles.map(({ id }) => id));
  });

  it('gives the same bytes alone as together with other profiles', () => {
    const together = extract(profiles, at(song));
    for (const [i, profile] of profiles.entries()) expect(extract([profile], at(song))).toEqual([together[i]]);
  });

  it('gives the same bytes again: nothing is left over from the clip before', () => {
    const first = extract(profiles, at(song));
    extract(profiles, at(noise(3 * sampleRate)));
    expect(extract(profiles, at(song))).toEqual(first);
  });

  it('gives the same bytes when nothing is kept between the passes', () => {
    expect(extract(profiles, at(song), { residentBytes: 0 })).toEqual(extract(profiles, at(song)));
  });

  it('closes its spools, also when it fails', () => {
    const open = new Set<MemorySpool>();
    class Watched extends MemorySpool {
      constructor() {
        super();
        open.add(this);
      }
      override close(): void {
        super.close();
        open.delete(this);
      }
    }
    const bad = noise(sampleRate);
    bad[500] = Number.NaN;
    expect(() => extract([talent37, electro45], at(bad), { spool: () => new Watched() })).toThrow('FEATURE_NOT_COMPUTABLE');
    extract([electro45], at(song), { spool: () => new Watched() });
    expect(open.size).toBe(0);
  });

  it('refuses a clip without samples', () => expect(() => extract([talent37], at(new Float32Array(0)))).toThrow('AUDIO_EMPTY'));

  it('refuses samples that overflow, instead of a number', () => {
    expect(() => extract([talent37], at(noise(sampleRate, 1e30)))).toThrow('FEATURE_NOT_COMPUTABLE');
  });

  it('fills a matrix of a short clip with zeros, and cuts that of a long one', () => {
    const [short] = extract([mfcc49x40], at(new Float32Array(100).fill(0.1)));
    expect(short!.values[0]).not.toBe(0);
    expect(short!.values[1]).toBe(0);
    expect(extract([mfcc49x40], at(song))[0]!.shape).toEqual([49, 40]);
  });
});

describe('a clip of ten minutes', () => {
  const loop = noise(3 * sampleRate);
  const source = {
    sampleRate,
    sampleCount: 600 * sampleRate,
    read: (start: number, target: Float32Array) => {
      for (let done = 0; done < target.length; ) {
        const at = (start + done) % loop.length;
        const piece = loop.subarray(at, at + target.length - done);
        target.set(piece, done);
        done += piece.length;
      }
    },
  };

  it('needs a few megabytes of kernel memory when its spectrogram of 106 MB is not kept', () => {
    const owner = loadKernels();
    const [result] = extract([talent37], () => source, { kernels: owner, residentBytes: 0 });
    expect(result!.values.every(Number.isFinite)).toBe(true);
    expect(owner.arena.sizeBytes).toBeLessThan(10 * 2 ** 20);
  });
});

describe("a user's profile", () => {
  const own = (change: Partial<Profile>) => {
    const { id: _id, hash: _hash, ...definition } = electro45;
    return defineProfile({ ...definition, name: 'own', ...change });
  };

  it('can have other frames, bands and statistics', () => {
    const profile = own({
      frames: { ...electro45.frames, fftSize: 512, hopSamples: 128 },
      mel: { ...electro45.mel, bands: 40 },
      output: {
        kind: 'vector',
        columns: [
          { name: 'rms', of: { feature: 'rms' }, take: 'std' },
          { name: 'mfcc', of: { feature: 'mfcc', coefficients: 20 }, take: 'mean' },
          { name: 'onset', of: { feature: 'onset-strength', aggregate: 'mean' }, take: 'mean' },
          { name: 'mel', of: { feature: 'log-mel' }, take: 'mean-of-all' },
          { name: 'tempo', of: { feature: 'tempo' }, take: 'value' },
        ],
      },
    });
    const [result] = extract([profile], at(readClip('song-120bpm')));
    expect(result!.shape).toEqual([24]);
    expect(result!.columns.slice(0, 3)).toEqual(['rms', 'mfcc_0', 'mfcc_1']);
    expect(result!.values[23]).toBeCloseTo(120, -1);
  });

  it('shares the spectrogram with the others when its frames are theirs', () => {
    const profile = own({ mel: { ...electro45.mel, bands: 64 } });
    let reads = 0;
    const counted = (rate: number) => {
      const source = pcmInMemory(readClip('song-120bpm'), rate);
      const read = (start: number, target: Float32Array) => {
        reads++;
        source.read(start, target);
      };
      return { ...source, read };
    };
    extract([electro45], counted);
    const alone = reads;
    extract([electro45, profile], counted);
    expect(reads).toBe(2 * alone);
  });
});
