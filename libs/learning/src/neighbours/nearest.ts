/** The k least of what it is offered. */
export class Nearest {
  private readonly values: Float64Array;
  private readonly at: Int32Array;
  private held = 0;

  constructor(k: number) {
    this.values = new Float64Array(k);
    this.at = new Int32Array(k);
  }

  offer(index: number, value: number): void {
    const { values, at } = this;
    if (this.held === values.length && value >= values[this.held - 1]!) return;
    let place = this.held < values.length ? this.held++ : this.held - 1;
    for (; place > 0 && values[place - 1]! > value; place--) {
      values[place] = values[place - 1]!;
      at[place] = at[place - 1]!;
    }
    values[place] = value;
    at[place] = index;
  }

  /** In their order; of equal ones those that were offered first. */
  indexes(): number[] {
    return [...this.at.subarray(0, this.held)];
  }
}
