/**
 * Long work in small steps: it says now and then, every some ten milliseconds, which share of it is done, and returns what it came to. Who
 * runs it gives others their turn in between, or stops.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** All of it at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Steps that are the stretch `from` to `to` of something longer. */
export function* stretch<Result>(steps: Steps<Result>, from: number, to: number): Steps<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + step.value * (to - from);
  }
}
