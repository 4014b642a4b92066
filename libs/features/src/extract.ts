import { EarshotError } from '@earshot/contracts';
import { type Kernels, kernels as sharedKernels } from '@earshot/kernels';
import { Analysis } from './analysis.js';
import { columnNames, type Extraction, finiteValues } from './extraction.js';
import type { MelRule } from './mel-bank.js';
import { exactly, type PcmSource } from './pcm-source.js';
import { type Column, isSoundProfile, isSpeechProfile, type Profile, type SpectralProfile } from './profile.js';
import { keyOf } from './profile-hash.js';
import { remembered } from './remembered.js';
import { joined, splitSilence } from './silence-split.js';
import { soundDescriptors } from './sound/sound-descriptors.js';
import type { FrameRule } from './spectrogram.js';
import { speechPower } from './speech-power.js';
import { MemorySpool, type Spool } from './spool.js';

export interface ExtractOptions {
  /** Where passes leave what later passes read again. Default: memory. Give files for clips of hours. */
  spool?: () => Spool;
  /** A spectrogram up to this size is kept between the passes; a larger one is computed twice. Default: 64 MB. */
  residentBytes?: number;
  /** Default: the kernels of this thread. */
  kernels?: Kernels;
}

/**
 * The numbers that each profile makes of a clip, in the order of the profiles.
 *
 * `sourceAt` gives the clip as one channel at a sample rate; it is asked once for each rate, and what it gives is read more than once:
 * for the silence split, for the spectrogram, and again when that is too large to keep. Profiles that share signal and frames share the
 * spectrogram. Throws `AUDIO_EMPTY`, and `FEATURE_NOT_COMPUTABLE` with the feature's name: nothing is filled in.
 */
export function extract(
  profiles: readonly Profile[],
  sourceAt: (sampleRate: number) => PcmSource,
  { spool = () => new MemorySpool(), residentBytes = 64 * 2 ** 20, kernels = sharedKernels() }: ExtractOptions = {},
): Extraction[] {
  const spools: Spool[] = [];
  const openSpool = () => {
    const opened = spool();
    spools.push(opened);
    return opened;
  };
  const sources = new Map<number, PcmSource>();
  const wholes = new Map<string, PcmSource>();
  const signals = new Map<string, PcmSource>();
  const analyses = new Map<PcmSource, Map<string, Analysis>>();

  const source = (sampleRate: number) => remembered(sources, sampleRate, () => checked(sourceAt(sampleRate), sampleRate));
  const analysisOf = ({ sampleRate, seconds, silence, frames }: SpectralProfile): Analysis => {
    const whole = remembered(wholes, `${sampleRate} ${seconds}`, () =>
      seconds === null ? source(sampleRate) : exactly(source(sampleRate), Math.floor(sampleRate * seconds)),
    );
    const signal = remembered(signals, `${sampleRate} ${seconds} ${silence ? keyOf(silence) : ''}`, () =>
      silence === null ? whole : joined(whole, splitSilence(kernels, whole, silence)),
    );
    const ofSignal = remembered(analyses, signal, () => new Map<string, Analysis>());
    return remembered(ofSignal, keyOf(frames), () => {
      return new Analysis(kernels, signal, frames, spectrogramBytes(signal, frames) <= residentBytes, openSpool);
    });
  };

  try {
    return kernels.arena.scoped(() => {
      const answers = profiles.map((profile): (() => Extraction) => {
        if (isSpeechProfile(profile)) return () => speechPower(kernels, source(profile.sampleRate), profile);
        if (!isSoundProfile(profile)) return request(profile, analysisOf(profile));
        const clip = source(profile.sampleRate);
        return () => soundDescriptors(kernels, clip, profile, spectrogramBytes(clip, profile.frames) <= residentBytes);
      });
      for (const ofSignal of analyses.values()) for (const analysis of ofSignal.values()) analysis.run();
      return answers.map((answer) => answer());
    });
  } finally {
    for (const opened of spools) opened.close();
  }
}

function spectrogramBytes({ sampleCount }: PcmSource, { fftSize, hopSamples }: FrameRule): number {
  return (sampleCount / hopSamples) * fftSize * 2;
}

function checked(source: PcmSource, sampleRate: number): PcmSource {
  if (source.sampleRate !== sampleRate) throw new RangeError(`The source has ${source.sampleRate} Hz, the profile needs ${sampleRate} Hz`);
  if (source.sampleCount === 0) throw new EarshotError('AUDIO_EMPTY', 'no samples to extract features from');
  return source;
}

/** Asks the analysis for what the profile needs; the answer can be read after it has run. */
function request(profile: SpectralProfile, analysis: Analysis): () => Extraction {
  const { id, hash, output, mel } = profile;
  if (output.kind === 'matrix') {
    const matrix = analysis.matrix(output.of, mel, output.frames);
    return () => {
      if (!matrix.hasOnlyNumbers)
        throw new EarshotError('FEATURE_NOT_COMPUTABLE', `${output.of.feature} of ${id} has values that are no numbers`);
      return { profile: id, hash, shape: [matrix.rows, matrix.frames], columns: [], values: matrix.values() };
    };
  }
  const entries = output.columns.map((column) => entry(column, mel, analysis));
  const columns = columnNames(profile);
  return () => {
    const values = new Float32Array(columns.length);
    let at = 0;
    for (const read of entries) {
      const entry = read();
      values.set(entry, at);
      at += entry.length;
    }
    return { profile: id, hash, shape: [values.length], columns, values: finiteValues(id, values, columns) };
  };
}

function entry({ of, take }: Column, mel: MelRule, analysis: Analysis): () => ArrayLike<number> {
  if (of.feature === 'tempo') {
    const tempo = analysis.tempo(mel);
    return () => [tempo()];
  }
  const statistics = analysis.statistics(of, mel);
  const moment = take === 'mean' || take === 'mean-of-all' ? 'mean' : 'std';
  return take === moment ? () => statistics.ofRows(moment) : () => [statistics.ofAll()[moment]];
}
