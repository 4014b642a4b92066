const number = new Intl.NumberFormat('en');

/** A number with what it counts: `1 clip`, `2,000 clips`, `3 classes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
