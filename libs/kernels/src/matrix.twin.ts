/** A matrix by its strides: value (i, j) is `values[i·rowStride + j·columnStride]`. */
export interface Strided {
  values: Float32Array;
  rowStride: number;
  columnStride: number;
}

/** The oracle of `panelProduct`: A (m × k) · B (k × n) + bias, row-major, summed in double precision. */
export function productTwin(a: Strided, b: Strided, bias: Float32Array, m: number, n: number, k: number, relu: boolean): Float32Array {
  return Float32Array.from({ length: m * n }, (_, index) => {
    const i = Math.floor(index / n);
    const j = index % n;
    let sum = bias[j]!;
    for (let l = 0; l < k; l++) {
      sum += a.values[i * a.rowStride + l * a.columnStride]! * b.values[l * b.rowStride + j * b.columnStride]!;
    }
    return relu ? Math.max(0, sum) : sum;
  });
}
