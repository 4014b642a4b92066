/** How soxr splits a ratio of rates over its stages: halvings, a filter, an interpolator, another filter. Factors of 1 mean no stage. */
export interface RatioSplit {
  isUp: boolean;
  halvings: number;
  /** The filter before the interpolator; `down` 0: it narrows the band, but does not change the rate. */
  firstUp: number;
  firstDown: number;
  /** The interpolator: `step` of `phases` phases a sample from one output to the next; no whole number if it is not rational. */
  step: number;
  phases: number;
  isRational: boolean;
  lastUp: number;
  lastDown: number;
}

const greatestPhaseCount = 2048;

/** `ratio`: the rate from which over that to which. soxr 0.1.3's `_soxr_init` at quality HQ. */
export function splitRatio(ratio: number, lastUp = 1): RatioSplit {
  const isUp = ratio < 1;
  let rest = ratio;
  let halvings = 0;
  for (let i = Math.floor(ratio / 2) >> 1; i > 0; i >>= 1, halvings++) rest /= 2;
  const isInterpolatedFirst = isUp || (rest > 1.5 && rest < 2);
  const lastDown = rest > 1 && isInterpolatedFirst ? 2 : 1;
  rest /= lastDown;
  const firstUp = (!isInterpolatedFirst && rest < 2) || isUp ? 2 : 1;
  const middle = fractionOf(rest * firstUp);
  halvings += middle.halvings;
  const { step, phases, isRational } = middle;

  const expansion = (firstUp * phases) / step;
  if (lastUp === 1 && expansion > 4 && expansion !== 5) {
    let up = 4;
    for (let i = Math.trunc(expansion / 16) >> 1; i > 0 && up < 256; i >>= 1) up *= 2;
    return splitRatio((step * up) / phases / firstUp, up);
  }
  const whole = { up: firstUp * phases, down: Math.trunc(step * lastDown) };
  const common = whole.up % 2 === 0 && whole.down % 2 === 0 ? 2 : 1;
  const [up, down] = [whole.up / common, whole.down / common];
  if (isRational && (Math.max(up, down) < 5 || up * down < 6)) {
    return { isUp, halvings, firstUp: up, firstDown: down, step: 1, phases: 1, isRational, lastUp, lastDown: 1 };
  }
  return { isUp, halvings, firstUp, firstDown: isInterpolatedFirst ? 1 : 0, step, phases, isRational, lastUp, lastDown };
}

/** The first fraction step/phases that is `ratio` to 2^−32 of its broken part. */
function fractionOf(ratio: number): { step: number; phases: number; isRational: boolean; halvings: number } {
  const broken = ratio - Math.trunc(ratio);
  if (broken === 0) return { step: ratio, phases: 1, isRational: true, halvings: 0 };
  const epsilon = Math.abs(Math.floor(broken * 2 ** 32 + 0.5) / (broken * 2 ** 32) - 1);
  for (let phases = 1; phases <= greatestPhaseCount; phases++) {
    const near = Math.trunc(broken * phases + 0.5);
    if (Math.abs(near / (broken * phases) - 1) > epsilon) continue;
    if (near < phases) return { step: phases * Math.trunc(ratio) + near, phases, isRational: true, halvings: 0 };
    const halvings = Math.ceil(ratio) > 3 ? 1 : 0;
    return { step: Math.ceil(ratio) / (1 + halvings), phases: 1, isRational: true, halvings };
  }
  return { step: ratio, phases: 1, isRational: false, halvings: 0 };
}
