import type { SoundFault } from '@earshot/contracts';

interface Rule {
  readonly fault: SoundFault;
  /** The descriptor that says it. */
  readonly feature: string;
  is(of: (feature: string) => number): boolean;
}

/** By the descriptors of `sound-97@1`, in its units. */
const rules: readonly Rule[] = [
  { fault: 'silent', feature: 'peak_level', is: (of) => of('peak_level') < -60 },
  // more than 3 % of the samples within 2 % of a peak above −1 dB
  { fault: 'clipped', feature: 'clipping', is: (of) => of('clipping') ** 2 > 0.03 && of('peak_level') > -1 },
  // as flat as white noise (−0.25), from the first to the last, and no click
  { fault: 'noise', feature: 'flatness', is: (of) => of('flatness') > -0.5 && of('active_share') > 0.9 && seconds(of('duration')) > 0.1 },
  { fault: 'short', feature: 'duration', is: (of) => seconds(of('duration')) < 0.03 },
];

/** Durations stand as log₂(seconds + 0.005). */
function seconds(duration: number): number {
  return 2 ** duration - 0.005;
}

export interface FoundFault {
  fault: SoundFault;
  feature: string;
}

/** The rules for vectors of these columns; null where they are not those of `sound-97@1`. */
export function faultRules(columns: readonly string[]): ((vector: Float32Array) => FoundFault[]) | null {
  const place = new Map(columns.map((name, i) => [name, i]));
  if (!['peak_level', 'clipping', 'flatness', 'active_share', 'duration'].every((name) => place.has(name))) return null;
  return (vector) => {
    const of = (feature: string) => vector[place.get(feature) ?? -1] ?? Number.NaN;
    const broken = rules.filter(({ is }) => is(of)).map(({ fault, feature }) => ({ fault, feature }));
    const [silent] = broken.filter(({ fault }) => fault === 'silent');
    return silent === undefined ? broken : [silent]; // what else is left of it is the last bit
  };
}
