const { fround } = Math;

/**
 * For the kernel's `rowFftForward` and `rowFftBackward`, as PFFFT computes and rounds them. First, for each four m, the vectors cos, sin of
 * −2π·l·m/size, l = 1, 2, 3; then the twiddles of the passes over size/4 points (assembly/real-passes.ts), a radix 2 pass (if one is needed)
 * before those of radix 4. Angles are rounded to f32 before and after each product.
 */
export function rowFftTables(size: number): Float32Array {
  const tables = new Float32Array(size);
  for (let m = 0; m < size / 8; m++) {
    for (let l = 1; l <= 3; l++) {
      const angle = fround((-2 * Math.PI * l * m) / size);
      const at = (m - (m % 4)) * 6 + (l - 1) * 8 + (m % 4);
      tables[at] = cosine(angle);
      tables[at + 4] = sine(angle);
    }
  }
  const points = size / 4;
  const turn = fround((2 * Math.PI) / points);
  let at = 3 * points;
  for (let length = points, blocks = 1; length > 1; ) {
    const radix = blocks === 1 && Math.log2(points) % 2 === 1 ? 2 : 4;
    length /= radix;
    for (let row = 1; row < radix; row++) {
      const step = fround(row * blocks * turn);
      for (let i = 1; 2 * i < length; i++) {
        const pair = at + 2 * ((i - 1) * (radix - 1) + row - 1);
        tables[pair] = cosine(fround(i * step));
        tables[pair + 1] = sine(fround(i * step));
      }
    }
    at += (radix - 1) * length;
    blocks *= radix;
  }
  return tables;
}

const cosineTerms = [1, -0.49999999725108224, 0.041666623324344516, -0.0013886763794376041, 2.4390450703564542e-5] as const;
const sineTerms = [-0.16666654943701084, 0.0083321781461388536, -0.00019517298981385725] as const;

/**
 * f32 sine and cosine of an f32 angle. One in forty is not the nearest f32 but its neighbour: that is how glibc's sinf and cosf round, by
 * these polynomials in f64 (Szabolcs Nagy's, of Arm's optimized routines), and what librosa's values are made of.
 */
function sineOf(angle: number, quarterTurns: number): number {
  let x = angle;
  let quarter = 0;
  if (Math.abs(angle) >= fround(Math.PI / 4)) {
    quarter = Math.floor((Math.trunc(angle * (2 / Math.PI) * 2 ** 24) + 2 ** 23) / 2 ** 24);
    x = angle - quarter * (Math.PI / 2);
  }
  quarter += quarterTurns;
  const value = quarter % 2 === 0 ? sinePolynomial(x) : cosinePolynomial(x);
  return fround((quarter & 2) === 0 ? value : -value);
}

function sinePolynomial(x: number): number {
  const [s1, s2, s3] = sineTerms;
  const square = x * x;
  const cube = x * square;
  return x + cube * s1 + cube * square * (s2 + square * s3);
}

function cosinePolynomial(x: number): number {
  const [c0, c1, c2, c3, c4] = cosineTerms;
  const square = x * x;
  const fourth = square * square;
  return c0 + square * c1 + fourth * c2 + fourth * square * (c3 + square * c4);
}

const sine = (angle: number): number => sineOf(angle, 0);
const cosine = (angle: number): number => sineOf(angle, 1);
