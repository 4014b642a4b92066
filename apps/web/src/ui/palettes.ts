// Ramps whose lightness grows evenly, so that louder is brighter to every eye, in print too.

export type PaletteName = 'magma' | 'viridis' | 'grey';

/** Corner points of each ramp, from quiet to loud; between them colours are mixed. */
const corners: Record<PaletteName, readonly (readonly [number, number, number])[]> = {
  magma: [
    [0, 0, 4],
    [28, 16, 68],
    [79, 18, 123],
    [129, 37, 129],
    [181, 54, 122],
    [229, 80, 100],
    [251, 135, 97],
    [254, 194, 135],
    [252, 253, 191],
  ],
  viridis: [
    [68, 1, 84],
    [71, 44, 122],
    [59, 81, 139],
    [44, 113, 142],
    [33, 144, 141],
    [39, 173, 129],
    [92, 200, 99],
    [170, 220, 50],
    [253, 231, 37],
  ],
  grey: [
    [12, 12, 12],
    [250, 250, 250],
  ],
};

const steps = 256;

/** 256 colours, three bytes each. */
export function palette(name: PaletteName): Uint8ClampedArray {
  const points = corners[name];
  const colours = new Uint8ClampedArray(steps * 3);
  for (let i = 0; i < steps; i++) {
    const place = (i / (steps - 1)) * (points.length - 1);
    const from = points[Math.floor(place)]!;
    const to = points[Math.min(Math.floor(place) + 1, points.length - 1)]!;
    for (let channel = 0; channel < 3; channel++) {
      colours[3 * i + channel] = from[channel]! + (place % 1) * (to[channel]! - from[channel]!);
    }
  }
  return colours;
}

/** For a legend: the ramp from quiet to loud. */
export function gradient(name: PaletteName): string {
  return `linear-gradient(90deg, ${corners[name].map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`;
}
