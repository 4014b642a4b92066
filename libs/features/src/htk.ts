/** Hz to mel by HTK's scale: logarithmic throughout. */
export function hzToHtk(hz: number): number {
  return 2595 * Math.log10(1 + hz / 700);
}

export function htkToHz(mel: number): number {
  return 700 * (10 ** (mel / 2595) - 1);
}
