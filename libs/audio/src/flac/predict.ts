// The predictors of up to twelve coefficients (all that encoders use by default) keep coefficients and newest samples in local variables:
// from arrays each product costs two reads and their bounds checks.

/** Adds to each number of `out` from the order on Σ coefficient[j]·out[i − 1 − j] / 2^shift, rounded down; the sums fit in 32 bits. */
export function predictInInt32(out: Int32Array, coefficients: Int32Array, shift: number): void {
  const order = coefficients.length;
  if (order === 0) return;
  if (order > 12) predictByArray(out, coefficients, shift);
  else if (order > 8) predictByTwelve(out, coefficients, shift);
  else predictByEight(out, coefficients, shift);
}

/** For sums past 32 bits: doubles are exact to 53. */
export function predictInDoubles(out: Int32Array, coefficients: Int32Array, shift: number): void {
  const order = coefficients.length;
  const scale = 2 ** -shift;
  if (order <= 8) {
    predictByEightDoubles(out, coefficients, scale);
    return;
  }
  for (let i = order; i < out.length; i++) {
    let sum = 0;
    for (let j = 0, at = i - 1; j < order; j++, at--) sum += coefficients[j]! * out[at]!;
    out[i] = out[i]! + Math.floor(sum * scale);
  }
}

/** Four products at a time, from the newest sample back: what is left over comes last. */
function predictByArray(out: Int32Array, coefficients: Int32Array, shift: number): void {
  const order = coefficients.length;
  const inFours = order - (order % 4);
  for (let i = order; i < out.length; i++) {
    let sum = 0;
    let j = 0;
    for (; j < inFours; j += 4) {
      const at = i - j;
      sum =
        (sum +
          Math.imul(coefficients[j]!, out[at - 1]!) +
          Math.imul(coefficients[j + 1]!, out[at - 2]!) +
          Math.imul(coefficients[j + 2]!, out[at - 3]!) +
          Math.imul(coefficients[j + 3]!, out[at - 4]!)) |
        0;
    }
    for (; j < order; j++) sum = (sum + Math.imul(coefficients[j]!, out[i - 1 - j]!)) | 0;
    out[i] = out[i]! + (sum >> shift);
  }
}

function predictByEight(out: Int32Array, coefficients: Int32Array, shift: number): void {
  const order = coefficients.length;
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = coefficients;
  let [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = newestFirst(out, order);
  for (let i = order; i < out.length; i++) {
    const older = (Math.imul(c7, h7) + Math.imul(c6, h6) + Math.imul(c5, h5) + Math.imul(c4, h4)) | 0;
    const newer = (Math.imul(c3, h3) + Math.imul(c2, h2) + Math.imul(c1, h1) + Math.imul(c0, h0)) | 0;
    const value = (out[i]! + (((older + newer) | 0) >> shift)) | 0;
    out[i] = value;
    h7 = h6;
    h6 = h5;
    h5 = h4;
    h4 = h3;
    h3 = h2;
    h2 = h1;
    h1 = h0;
    h0 = value;
  }
}

function predictByTwelve(out: Int32Array, coefficients: Int32Array, shift: number): void {
  const order = coefficients.length;
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0, c11 = 0] = coefficients;
  let [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0, h8 = 0, h9 = 0, h10 = 0, h11 = 0] = newestFirst(out, order);
  for (let i = order; i < out.length; i++) {
    const oldest = (Math.imul(c11, h11) + Math.imul(c10, h10) + Math.imul(c9, h9) + Math.imul(c8, h8)) | 0;
    const older = (Math.imul(c7, h7) + Math.imul(c6, h6) + Math.imul(c5, h5) + Math.imul(c4, h4)) | 0;
    const newer = (Math.imul(c3, h3) + Math.imul(c2, h2) + Math.imul(c1, h1) + Math.imul(c0, h0)) | 0;
    const value = (out[i]! + (((oldest + older + newer) | 0) >> shift)) | 0;
    out[i] = value;
    h11 = h10;
    h10 = h9;
    h9 = h8;
    h8 = h7;
    h7 = h6;
    h6 = h5;
    h5 = h4;
    h4 = h3;
    h3 = h2;
    h2 = h1;
    h1 = h0;
    h0 = value;
  }
}

function predictByEightDoubles(out: Int32Array, coefficients: Int32Array, scale: number): void {
  const order = coefficients.length;
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = coefficients;
  let [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = newestFirst(out, order);
  for (let i = order; i < out.length; i++) {
    const older = c7 * h7 + c6 * h6 + (c5 * h5 + c4 * h4);
    const newer = c3 * h3 + c2 * h2 + (c1 * h1 + c0 * h0);
    const value = (out[i]! + Math.floor((older + newer) * scale)) | 0;
    out[i] = value;
    h7 = h6;
    h6 = h5;
    h5 = h4;
    h4 = h3;
    h3 = h2;
    h2 = h1;
    h1 = h0;
    h0 = value;
  }
}

const newestFirst = (out: Int32Array, order: number): Int32Array => out.slice(0, order).reverse();
