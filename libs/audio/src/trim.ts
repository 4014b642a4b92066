const frameSize = 2048;
const hop = 512;

/**
 * The clip without its silent beginning and end: from the first to the last frame whose mean square is within `topDb` (default 60) of the
 * loudest frame's. A view of the same memory. Pure silence is kept whole. Reference: librosa 0.11 `effects.trim`.
 */
export function trim(samples: Float32Array, topDb = 60): Float32Array {
  const power = framePower(samples);
  const loudest = Math.max(
    1e-10,
    power.reduce((most, value) => Math.max(most, value), 0),
  );
  const isLoud = (value: number): boolean => 10 * Math.log10(Math.max(1e-10, value) / loudest) > -topDb;
  const first = power.findIndex(isLoud);
  const last = power.findLastIndex(isLoud);
  return samples.subarray(first * hop, Math.min(samples.length, (last + 1) * hop));
}

/** Mean square of frames that are centred on multiples of the hop, zeros beyond the ends. */
function framePower(samples: Float32Array): Float64Array {
  const squares = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) squares[i + 1] = squares[i]! + samples[i]! ** 2;
  const upTo = (i: number): number => squares[Math.max(0, Math.min(samples.length, i))]!;
  return Float64Array.from({ length: 1 + Math.floor(samples.length / hop) }, (_, t) => {
    const start = t * hop - frameSize / 2;
    return (upTo(start + frameSize) - upTo(start)) / frameSize;
  });
}
