import type { FrameFeature } from './frame-feature.js';
import type { SpectralShape } from './spectral-shape.js';

/**
 * Spectral roll-off: the frequency below which a share (0.85) of each frame's magnitude lies, in Hz.
 *
 *     rolloff[t] = min{f[k] : Σ_{j≤k} S[t,j] ≥ share·Σ_j S[t,j]}        f[k] = k·sampleRate/fftSize, S = √P
 *
 * One row. Magnitude, not power. A silent frame is 0 Hz. Reference: librosa 0.11 `feature.spectral_rolloff`.
 */
export function spectralRolloff(shape: SpectralShape): FrameFeature {
  return { rows: 1, pass: 'first', measure: (block, out) => shape.copy(shape.rolloff, block, out) };
}
