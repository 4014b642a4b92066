/** Numbers from 0 for words, in the order in which they come for the first time. */
export class Numbering {
  readonly names: string[] = [];
  readonly numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
