/** The rows whose confidence (the greatest probability) lies in (from, to]. */
export interface ReliabilityBin {
  from: number;
  to: number;
  rows: number;
  /** Mean confidence and share of right answers; null without rows. */
  confidence: number | null;
  accuracy: number | null;
}

export interface Calibration {
  /** Expected calibration error: Σ over bins of rows/all · |accuracy − confidence|. Null without rows. */
  ece: number | null;
  bins: ReliabilityBin[];
}

/** Whether 80 % sure means right in 80 % of the cases. `probabilities` is rows × labels. Reference: Guo et al. 2017, 15 bins. */
export function calibrationOf(probabilities: Float32Array, truth: Int32Array, binCount = 15): Calibration {
  const labelCount = probabilities.length / truth.length;
  const [rows, confidences, right] = [new Int32Array(binCount), new Float64Array(binCount), new Int32Array(binCount)];
  truth.forEach((label, row) => {
    const ofRow = probabilities.subarray(row * labelCount, (row + 1) * labelCount);
    const predicted = indexOfGreatest(ofRow);
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(ofRow[predicted]! * binCount) - 1));
    rows[bin]!++;
    confidences[bin]! += ofRow[predicted]!;
    if (predicted === label) right[bin]!++;
  });
  let error = 0;
  const bins = Array.from(rows, (count, bin) => {
    error += Math.abs(right[bin]! - confidences[bin]!);
    const means =
      count > 0 ? { confidence: confidences[bin]! / count, accuracy: right[bin]! / count } : { confidence: null, accuracy: null };
    return { from: bin / binCount, to: (bin + 1) / binCount, rows: count, ...means };
  });
  return { ece: truth.length > 0 ? error / truth.length : null, bins };
}

/** The first of the greatest. */
export function indexOfGreatest(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

const leastProbability = 1e-7; // a forest says 0 where no tree has voted; the logarithm needs a floor
const temperatures = { least: 1 / 20, most: 20 };

/**
 * The temperature T that makes the probabilities most likely for these labels: p becomes softmax(ln p / T), which is the softmax of the
 * network's logits over T. Only confidence changes, never which label is first. To be fitted on rows that trained nothing.
 *
 * What is made least, in β = 1/T, is the negative log likelihood and (ln β)²/2: as if ln T were known beforehand to be 0 ± 1, so that three
 * rows, all of them right, do not make a model sure of everything; a hundred rows outweigh it. Its slope in ln β, Σ β·(E[ln p] − ln p[label])
 * + ln β, is halved until it is 0. Between 1/20 and 20. Reference: Guo et al. 2017, which has no such prior.
 */
export function fitTemperature(probabilities: Float32Array, truth: Int32Array): number {
  const logs = Float64Array.from(probabilities, (p) => Math.log(Math.max(p, leastProbability)));
  let [low, high] = [Math.log(1 / temperatures.most), Math.log(1 / temperatures.least)];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    const beta = Math.exp(middle);
    if (beta * slope(logs, truth, beta) + middle > 0) high = middle;
    else low = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** softmax(ln p / T) of each row. */
export function applyTemperature(probabilities: Float32Array, labelCount: number, temperature: number): Float32Array {
  const out = new Float32Array(probabilities.length);
  for (let from = 0; from < out.length; from += labelCount) {
    const most = Math.max(leastProbability, ...probabilities.subarray(from, from + labelCount));
    const powers = Float64Array.from({ length: labelCount }, (_, i) => {
      return (Math.max(probabilities[from + i]!, leastProbability) / most) ** (1 / temperature);
    });
    const sum = powers.reduce((total, power) => total + power, 0);
    out.set(
      powers.map((power) => power / sum),
      from,
    );
  }
  return out;
}

function slope(logs: Float64Array, truth: Int32Array, beta: number): number {
  const labelCount = logs.length / truth.length;
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const from = row * labelCount;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < labelCount; i++) most = Math.max(most, logs[from + i]!);
    let [sum, weighted] = [0, 0];
    for (let i = 0; i < labelCount; i++) {
      const power = Math.exp(beta * (logs[from + i]! - most));
      sum += power;
      weighted += power * logs[from + i]!;
    }
    total += weighted / sum - logs[from + truth[row]!]!;
  }
  return total;
}
