import { quantile } from '@earshot/learning';

/** What a box shows of values. */
export interface BoxFigures {
  median: number;
  lowerQuartile: number;
  upperQuartile: number;
  /** The outermost values within 1.5 times the distance of the quartiles from them. */
  lowerWhisker: number;
  upperWhisker: number;
  /** Values beyond the whiskers. */
  outliers: number[];
}

const whiskerReach = 1.5;

/** Of at least one value. J. W. Tukey, Exploratory Data Analysis, 1977. */
export function boxFigures(values: readonly number[]): BoxFigures {
  const sorted = values.toSorted((a, b) => a - b);
  const [lowerQuartile, median, upperQuartile] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = whiskerReach * (upperQuartile - lowerQuartile);
  const isWithin = (value: number) => value >= lowerQuartile - reach && value <= upperQuartile + reach;
  const within = sorted.filter(isWithin);
  return {
    median,
    lowerQuartile,
    upperQuartile,
    lowerWhisker: Math.min(lowerQuartile, within[0] ?? lowerQuartile),
    upperWhisker: Math.max(upperQuartile, within.at(-1) ?? upperQuartile),
    outliers: sorted.filter((value) => !isWithin(value)),
  };
}
