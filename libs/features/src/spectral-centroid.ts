import type { FrameFeature } from './frame-feature.js';
import type { SpectralShape } from './spectral-shape.js';

/**
 * Spectral centroid: the magnitude-weighted mean frequency of each frame, in Hz.
 *
 *     centroid[t] = Σₖ f[k]·S[t,k] / Σₖ S[t,k]        f[k] = k·sampleRate/fftSize
 *
 * S is the magnitude of the bin, f its frequency.
 *
 * One row. A silent frame (Σ S below the smallest normal f32) is 0 Hz. Reference: librosa 0.11 `feature.spectral_centroid`.
 */
export function spectralCentroid(shape: SpectralShape): FrameFeature {
  return { rows: 1, pass: 'first', measure: (block, out) => shape.copy(shape.centroid, block, out) };
}
