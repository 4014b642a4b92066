/** Values over bands (rows) and time (columns), row by row. */
export interface FeatureMap {
  bands: number;
  frames: number;
  values: Float32Array;
}

/** Of [frames, bands, channels], the sum over its channels, each times its weight. */
export function weighted(output: Float32Array, bands: number, weights: ArrayLike<number>): FeatureMap {
  const channels = weights.length;
  const frames = output.length / (bands * channels);
  const values = new Float32Array(bands * frames);
  for (let t = 0, i = 0; t < frames; t++) {
    for (let b = 0; b < bands; b++) {
      let sum = 0;
      for (let c = 0; c < channels; c++, i++) sum += weights[c]! * output[i]!;
      values[b * frames + t] = sum;
    }
  }
  return { bands, frames, values };
}

/**
 * Of a map over a clip that is heard again and again, one time: what falls on the same frame is added, times period / frames, so that the
 * mean over the map stays what it is.
 */
export function folded({ bands, frames, values }: FeatureMap, period: number): FeatureMap {
  const once = new Float32Array(bands * period);
  for (let b = 0; b < bands; b++) {
    for (let t = 0; t < frames; t++) once[b * period + (t % period)]! += (values[b * frames + t]! * period) / frames;
  }
  return { bands, frames: period, values: once };
}

/** The first frames of a map. */
export function firstFrames({ bands, frames, values }: FeatureMap, count: number): FeatureMap {
  const first = new Float32Array(bands * count);
  for (let b = 0; b < bands; b++) first.set(values.subarray(b * frames, b * frames + count), b * count);
  return { bands, frames: count, values: first };
}

/** At most so many bands and frames: what is more becomes means over equal blocks; the last may be smaller. */
export function reduced(map: FeatureMap, most: { bands: number; frames: number }): FeatureMap {
  const [high, wide] = [Math.ceil(map.bands / most.bands), Math.ceil(map.frames / most.frames)];
  if (high === 1 && wide === 1) return map;
  const [bands, frames] = [Math.ceil(map.bands / high), Math.ceil(map.frames / wide)];
  const [values, counts] = [new Float32Array(bands * frames), new Float32Array(bands * frames)];
  for (let b = 0, i = 0; b < map.bands; b++) {
    for (let t = 0; t < map.frames; t++, i++) {
      const to = Math.floor(b / high) * frames + Math.floor(t / wide);
      values[to]! += map.values[i]!;
      counts[to]!++;
    }
  }
  return { bands, frames, values: values.map((sum, i) => sum / counts[i]!) };
}
