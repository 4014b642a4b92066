import type { FrameFeature } from './frame-feature.js';
import type { SpectralShape } from './spectral-shape.js';

/**
 * Spectral bandwidth: the magnitude-weighted standard deviation of the frequency around the centroid, in Hz.
 *
 *     bandwidth[t] = √(Σₖ S[t,k]·(f[k] − centroid[t])² / Σₖ S[t,k])        f[k] = k·sampleRate/fftSize, S = √P
 *
 * One row. A silent frame is 0 Hz. Reference: librosa 0.11 `feature.spectral_bandwidth`.
 */
export function spectralBandwidth(shape: SpectralShape): FrameFeature {
  const pointer = shape.wantBandwidth();
  return { rows: 1, pass: 'first', measure: (block, out) => shape.copy(pointer, block, out) };
}
