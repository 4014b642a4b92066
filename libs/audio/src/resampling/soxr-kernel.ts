import { type SoxrStages, soxrStages } from './soxr-stages.js';

/**
 * The low-pass of soxr's quality HQ (librosa's `soxr_hq`). Where soxr takes a way of its own (`soxrStages` gives null), it is what its
 * impulse responses show: a Kaiser-windowed sinc with the droop of the interpolator behind it, H(f)·(1 + Σₙ droop[n − 1]·f²ⁿ), f = 1 at
 * the lower Nyquist. `soxr-kernel.py` measures and prints these rows.
 */
export interface LowPass {
  /** The pass share: the middle of the transition over the lower Nyquist. */
  c: number;
  beta: number;
  /** In samples of the lower rate. */
  reach: number;
  droop: readonly number[];
  /** soxr's own interpolator; null: any that is exact will do. */
  interpolator: SoxrStages['interpolator'];
  /** soxr's own FFT blocks; null: any will do. */
  block: SoxrStages['block'];
}

export function soxrLowPass(from: number, to: number): LowPass {
  const stages = soxrStages(from, to);
  if (stages) return { ...stages.lowPass, droop: [], interpolator: stages.interpolator, block: stages.block };
  return to > from ? upward : downward;
}

const passShare = 0.9568718;
const upward: LowPass = {
  c: passShare,
  beta: 13.712,
  reach: 102.2529,
  droop: [-4.36e-5, 9.175e-4, -6.3998e-3, 1.86615e-2, -2.14343e-2, 5.1955e-3],
  interpolator: null,
  block: null,
};
const downward: LowPass = {
  c: passShare,
  beta: 13.7117,
  reach: 102.2128,
  droop: [-1e-6, 8.9e-5, -1.4148e-3, 7.1481e-3, -1.23375e-2, 3.8848e-3],
  interpolator: null,
  block: null,
};
