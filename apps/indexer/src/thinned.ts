/** At most so many of those that pass by, spread over all of them: each second is dropped whenever there are too many. */
export class Thinned<Value> {
  values: Value[] = [];
  private stride = 1;
  private seen = 0;

  constructor(private readonly most: number) {}

  add(value: Value): void {
    if (this.seen++ % this.stride !== 0) return;
    this.values.push(value);
    if (this.values.length <= this.most) return;
    this.values = this.values.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }
}
