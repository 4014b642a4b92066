/** No line ends within a figure. */
const space = '\u00a0';

/** A share as people read it. What is not all is never written as all, nor what is little as nothing, nor what is not known as 0. */
export function percent(share: number | null | undefined, digits = 1): string {
  if (share === null || share === undefined) return 'not known';
  const least = 10 ** -digits / 100;
  const written = (value: number) => `${(100 * value).toFixed(digits)}${space}%`;
  if (share > 0 && share < least / 2) return `<${space}${written(least)}`;
  if (share < 1 && share >= 1 - least / 2) return `>${space}${written(1 - least)}`;
  return written(share);
}
