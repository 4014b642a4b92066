export interface MelRule {
  /** Even. */
  bands: number;
  minHz: number;
  maxHz: number;
  /** `one`: the top of each triangle; by default a triangle has the area of one, in Hz, as librosa's. */
  peak?: 'one';
  /** Bands this much weaker than the strongest of the clip are raised to that level, in dB. */
  topDb: number;
}

/** Hz to mel by Slaney's scale: linear below 1 kHz, logarithmic above. */
export function hzToMel(hz: number): number {
  return hz < 1000 ? (3 * hz) / 200 : 15 + (27 * Math.log(hz / 1000)) / Math.log(6.4);
}

export function melToHz(mel: number): number {
  return mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27);
}

/**
 * The mel filter bank, packed for the kernel `quadMel`.
 *
 *     weight[b,k] = max(0, min((f[k] − m[b])/(m[b+1] − m[b]), (m[b+2] − f[k])/(m[b+2] − m[b+1])))·2/(m[b+2] − m[b])
 *
 * f[k] = k·sampleRate/fftSize; m: bands + 2 points, equally spaced in mel from minHz to maxHz. Without the last factor where the peak is to
 * be one. Reference: librosa 0.11 `filters.mel`.
 */
export function melBank(sampleRate: number, fftSize: number, { bands, minHz, maxHz, peak }: MelRule): Uint32Array {
  const [lowest, highest] = [hzToMel(minHz), hzToMel(maxHz)];
  const m = Float64Array.from({ length: bands + 2 }, (_, i) => melToHz(lowest + ((highest - lowest) * i) / (bands + 1)));
  const gaps: number[] = [];
  const weights: number[] = [];
  const scaled = peak === 'one' ? Math.fround : (weight: number, band: number) => ofAreaOne(weight, m, band);
  let k = 0;
  const hz = () => (k * sampleRate) / fftSize;
  while (hz() < m[0]!) k++;
  for (let gap = 0; gap <= bands; gap++) {
    const [from, to] = [m[gap]!, m[gap + 1]!];
    const first = k;
    for (; hz() < to && k <= fftSize / 2; k++) {
      const rising = gap < bands ? scaled((hz() - from) / (to - from), gap) : 0;
      const falling = gap > 0 ? scaled((to - hz()) / (to - from), gap - 1) : 0;
      weights.push(rising, falling);
    }
    gaps.push(first, k - first);
  }
  const bank = new Uint32Array(gaps.length + weights.length);
  bank.set(gaps);
  new Float32Array(bank.buffer).set(weights, gaps.length);
  return bank;
}

/** librosa rounds to f32 before and after the scaling. */
function ofAreaOne(weight: number, m: Float64Array, band: number): number {
  return Math.fround((Math.fround(weight) * 2) / (m[band + 2]! - m[band]!));
}
