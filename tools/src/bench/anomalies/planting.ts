import { Random } from '@earshot/learning';

export interface LabelledLoop {
  genre: string;
  samples: Float32Array;
  sampleRate: number;
}

export interface Planted<Loop extends LabelledLoop> {
  loop: Loop;
  kind: PlantedKind;
}

export const plantedKinds = ['silent', 'clipped', 'noise', 'truncated', 'wrong genre'] as const;
export type PlantedKind = (typeof plantedKinds)[number];

/** The features of which one must be named. Of a wrong genre nothing was changed: any will do. */
export const tellingFeatures: Readonly<Record<PlantedKind, readonly string[] | null>> = {
  silent: ['peak_level', 'rms_level'],
  clipped: ['clipping'],
  noise: ['flatness', 'mel_flatness'],
  truncated: ['duration', 'sounding_duration'],
  'wrong genre': null,
};

const truncatedSeconds = 0.025;

/** A loop with a fault; `n` tells the draws of one seed apart. */
export function plant<Loop extends LabelledLoop>(loop: Loop, kind: PlantedKind, genres: readonly string[], seed: number, n: number): Loop {
  const random = new Random(seed, 'planting', n);
  const { samples, sampleRate, genre } = loop;
  switch (kind) {
    case 'silent':
      return { ...loop, samples: samples.map((value) => value * 1e-4) };
    case 'clipped':
      return { ...loop, samples: samples.map((value) => Math.max(-1, Math.min(1, 8 * value))) };
    case 'noise':
      return { ...loop, samples: samples.map((_, i) => 0.8 * (random.uniform(i) - 0.5)) };
    case 'truncated':
      return { ...loop, samples: samples.slice(0, Math.round(truncatedSeconds * sampleRate)) };
    case 'wrong genre': {
      const others = genres.filter((other) => other !== genre);
      return { ...loop, genre: others[random.below(0, others.length)] ?? genre };
    }
  }
}
