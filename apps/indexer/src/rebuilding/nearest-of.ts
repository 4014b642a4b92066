import { cosineOf, type VectorRow } from '@earshot/vectors';

/** The distances of the nearest vectors to one, without itself, kept while they pass by one after the other. All have length 1. */
export class NearestOf {
  private readonly distances: number[] = [];

  constructor(
    private readonly own: VectorRow,
    private readonly n: number,
  ) {}

  /** Of as many as there were, at most `n`. */
  get count(): number {
    return this.distances.length;
  }

  /** The distance of the last of them. */
  get farthest(): number {
    return this.distances.at(-1) ?? Number.POSITIVE_INFINITY;
  }

  see({ id, vector }: VectorRow): void {
    if (id === this.own.id) return;
    const distance = 1 - cosineOf(vector, this.own.vector);
    if (this.count === this.n && distance >= this.farthest) return;
    const place = this.distances.findIndex((other) => other > distance);
    this.distances.splice(place < 0 ? this.count : place, 0, distance);
    if (this.count > this.n) this.distances.pop();
  }
}
