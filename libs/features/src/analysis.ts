import type { Kernels } from '@earshot/kernels';
import { chroma } from './chroma.js';
import type { FrameFeature } from './frame-feature.js';
import { FrameMatrix } from './frame-matrix.js';
import { logMel } from './log-mel.js';
import { type MelRule, melBank } from './mel-bank.js';
import { MelDecibels } from './mel-decibels.js';
import { mfcc } from './mfcc.js';
import { once } from './once.js';
import { onsetDelayFrames, onsetEnvelope, onsetStrength } from './onset-strength.js';
import type { PcmSource } from './pcm-source.js';
import type { FeatureSpec } from './profile.js';
import { keyOf } from './profile-hash.js';
import { remembered } from './remembered.js';
import { rms } from './rms.js';
import { spectralBandwidth } from './spectral-bandwidth.js';
import { spectralCentroid } from './spectral-centroid.js';
import { spectralFlatness } from './spectral-flatness.js';
import { spectralRolloff } from './spectral-rolloff.js';
import { SpectralShape } from './spectral-shape.js';
import { type FrameBlock, type FrameRule, framesPerBlock, Spectrogram } from './spectrogram.js';
import type { Spool } from './spool.js';
import { RowStatistics } from './statistics.js';
import { tempo } from './tempo.js';
import { Tuning } from './tuning.js';
import { zeroCrossingRate } from './zero-crossing-rate.js';

type FrameSpec = Exclude<FeatureSpec, { feature: 'tempo' }>;

/** A feature that somebody asked for, and who gets its values. */
interface Measurement {
  feature: FrameFeature;
  statistics: RowStatistics | undefined;
  matrices: FrameMatrix[];
}

const standardShare = 0.85;
const envelopeSpec = { feature: 'onset-strength', aggregate: 'median' } as const;
const banks = once(16, (key: string) => {
  const [sampleRate = 0, fftSize = 0, bands = 0, minHz = 0, maxHz = 0] = key.split(' ').map(Number);
  return melBank(sampleRate, fftSize, { bands, minHz, maxHz, topDb: 0 });
});

/**
 * One spectrogram of one signal, and all that is asked of it by any profile: ask first, then `run` once, then read the answers.
 * Use it inside `arena.scoped`: everything it takes stays taken.
 */
export class Analysis {
  readonly frameCount: number;
  private readonly binCount: number;
  private readonly measurements = new Map<string, Measurement>();
  private readonly mels = new Map<string, MelDecibels>();
  private readonly shapes = new Map<number, SpectralShape>();
  private tuning: Tuning | undefined;

  /** `resident`: the spectrogram is kept between the passes; else it is computed again. */
  constructor(
    private readonly kernels: Kernels,
    private readonly signal: PcmSource,
    private readonly rule: FrameRule,
    private readonly resident: boolean,
    private readonly peaks: () => Spool,
  ) {
    this.frameCount = 1 + Math.floor(signal.sampleCount / rule.hopSamples);
    this.binCount = rule.fftSize / 2 + 1;
  }

  statistics(spec: FrameSpec, mel: MelRule): RowStatistics {
    const measurement = this.measure(spec, mel);
    measurement.statistics ??= new RowStatistics(measurement.feature.rows);
    return measurement.statistics;
  }

  /** The first `frames` frames; null: all. */
  matrix(spec: FrameSpec, mel: MelRule, frames: number | null): FrameMatrix {
    const { feature, matrices } = this.measure(spec, mel);
    const matrix = new FrameMatrix(this.kernels, feature.rows, frames ?? this.frameCount);
    matrices.push(matrix);
    return matrix;
  }

  /** To be called after `run`. */
  tempo(mel: MelRule): () => number {
    const { fftSize, hopSamples } = this.rule;
    const strength = this.matrix(envelopeSpec, mel, null);
    return () => {
      const envelope = onsetEnvelope(strength.values(), onsetDelayFrames(fftSize, hopSamples));
      return tempo(this.kernels, envelope, this.signal.sampleRate, hopSamples);
    };
  }

  run(): void {
    const measurements = [...this.measurements.values()];
    const first = measurements.filter(({ feature }) => feature.pass === 'first');
    const again = measurements.filter(({ feature }) => feature.pass === 'again');
    const spectrogram = new Spectrogram(this.kernels, this.signal, this.rule, this.kept());
    const out = this.kernels.arena.take(4 * framesPerBlock * Math.max(...measurements.map(({ feature }) => feature.rows)));
    spectrogram.forEachFirst((block) => {
      for (const mel of this.mels.values()) mel.survey(block);
      this.tuning?.survey(block);
      for (const measurement of first) this.take(measurement, block, out);
    });
    if (again.length === 0) return;
    spectrogram.forEachAgain((block) => {
      for (const measurement of again) this.take(measurement, block, out);
    });
  }

  private take({ feature, statistics, matrices }: Measurement, block: FrameBlock, out: number): void {
    feature.measure(block, out);
    statistics?.add(this.kernels.arena.f32(out, block.quadCount * feature.rows * 4), block.frameCount);
    for (const matrix of matrices) matrix.add(out, block.firstFrame, block.frameCount);
  }

  private kept(): 'magnitudes' | 'blocks' | 'nothing' {
    if (!this.resident) return 'nothing';
    return this.tuning ? 'magnitudes' : 'blocks';
  }

  private measure(spec: FrameSpec, mel: MelRule): Measurement {
    const usesMel = spec.feature === 'mfcc' || spec.feature === 'log-mel' || spec.feature === 'onset-strength';
    return remembered(this.measurements, usesMel ? keyOf(spec) + keyOf(mel) : keyOf(spec), () => ({
      feature: this.open(spec, mel),
      statistics: undefined,
      matrices: [],
    }));
  }

  private open(spec: FrameSpec, mel: MelRule): FrameFeature {
    const { kernels, rule, signal, binCount } = this;
    switch (spec.feature) {
      case 'mfcc':
        return mfcc(kernels, this.mel(mel), spec.coefficients);
      case 'log-mel':
        return logMel(kernels, this.mel(mel));
      case 'onset-strength':
        return onsetStrength(kernels, this.mel(mel), spec.aggregate);
      case 'chroma':
        this.tuning ??= new Tuning(kernels, signal.sampleRate, rule, this.peaks());
        return chroma(kernels, signal.sampleRate, rule, this.tuning);
      case 'spectral-centroid':
        return spectralCentroid(this.shape(standardShare));
      case 'spectral-bandwidth':
        return spectralBandwidth(this.shape(standardShare));
      case 'spectral-rolloff':
        return spectralRolloff(this.shape(spec.share));
      case 'spectral-flatness':
        return spectralFlatness(kernels, binCount);
      case 'rms':
        return rms(kernels, rule);
      case 'zero-crossing-rate':
        return zeroCrossingRate(kernels, rule, signal.sampleCount);
    }
  }

  private mel(rule: MelRule): MelDecibels {
    return remembered(this.mels, keyOf(rule), () => {
      const bank = banks([this.signal.sampleRate, this.rule.fftSize, rule.bands, rule.minHz, rule.maxHz].join(' '));
      return new MelDecibels(this.kernels, bank, this.binCount, rule, this.resident);
    });
  }

  private shape(share: number): SpectralShape {
    const binHz = this.signal.sampleRate / this.rule.fftSize;
    return remembered(this.shapes, share, () => new SpectralShape(this.kernels, this.binCount, binHz, share));
  }
}
