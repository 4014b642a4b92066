/*
 * The matrix product of dense networks: C = A·B + bias, with B packed once into panels of 8 columns.
 *
 * A and B are read by strides, so that a transposed operand is the same matrix with its strides exchanged. Each value of C is summed in
 * the order of k, whatever rows are computed beside it: a row alone has the bytes that it has among others.
 */
const tileRows = 4;
const panelColumns = 8;
const panelBytes: usize = 32;

/** Panels of B (k × n): [panel][i][8], columns past n are 0. Strides are in values; `panels` takes k·⌈n/8⌉·8 values. */
export function packPanels(b: usize, rowStride: i32, columnStride: i32, k: i32, n: i32, panels: usize): void {
  const rowBytes = <usize>rowStride << 2;
  const columnBytes = <usize>columnStride << 2;
  for (let first = 0; first < n; first += panelColumns, b += columnBytes * panelColumns) {
    const width = min(panelColumns, n - first);
    if (width == panelColumns && columnStride == 1) {
      for (let i = 0, p = b; i < k; i++, p += rowBytes, panels += panelBytes) {
        v128.store(panels, v128.load(p));
        v128.store(panels, v128.load(p, 16), 16);
      }
      continue;
    }
    for (let i = 0, row = b; i < k; i++, row += rowBytes, panels += panelBytes) {
      v128.store(panels, f32x4.splat(0));
      v128.store(panels, f32x4.splat(0), 16);
      for (let j = 0, p = row; j < width; j++, p += columnBytes) store<f32>(panels + (<usize>j << 2), load<f32>(p));
    }
  }
}

/**
 * C (m × n) = A (m × k) · panels + bias, and max(0, ·) of it where `relu` is set. Strides are in values; rows of C and the bias have
 * room for ⌈n/8⌉·8 values, of which those past n become what the bias has there.
 */
export function panelProduct(
  a: usize, rowStride: i32, columnStride: i32, panels: usize, bias: usize, c: usize, cStride: i32, m: i32, n: i32, k: i32, relu: bool,
): void {
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  const rowBytes = <usize>rowStride << 2;
  const stepBytes = <usize>columnStride << 2;
  const outBytes = <usize>cStride << 2;
  const panelSize = <usize>k * panelBytes;
  const panelCount = (n + panelColumns - 1) / panelColumns;
  const tiled = m - m % tileRows;
  for (let p = 0; p < panelCount; p++) {
    const at = panelBytes * p;
    for (let i = 0; i < tiled; i += tileRows) {
      tile(a + rowBytes * i, rowBytes, stepBytes, panels + panelSize * p, panelSize, bias + at, c + outBytes * i + at, outBytes, floor);
    }
  }
  for (let i = tiled; i < m; i++) {
    const row = a + rowBytes * i;
    const out = c + outBytes * i;
    let p = 0;
    for (; p + 4 <= panelCount; p += 4) {
      fourPanels(row, stepBytes, panels + panelSize * p, panelSize, bias + panelBytes * p, out + panelBytes * p, floor);
    }
    for (; p < panelCount; p++) onePanel(row, stepBytes, panels + panelSize * p, panelSize, bias + panelBytes * p, out + panelBytes * p, floor);
  }
}

/** 4 rows × 8 columns: eight accumulators, which is what hides the time an addition takes. */
// @ts-ignore: decorator
@inline
function tile(
  a: usize, rowBytes: usize, stepBytes: usize, panel: usize, panelSize: usize, bias: usize, out: usize, outBytes: usize, floor: v128,
): void {
  let r0 = a, r1 = a + rowBytes, r2 = a + 2 * rowBytes, r3 = a + 3 * rowBytes;
  let c00 = v128.load(bias), c01 = v128.load(bias, 16);
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
  for (const end = panel + panelSize; panel < end; panel += panelBytes) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let x = v128.load32_splat(r0);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(r1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(r2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(r3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    r0 += stepBytes;
    r1 += stepBytes;
    r2 += stepBytes;
    r3 += stepBytes;
  }
  put(out, c00, c01, floor);
  put(out + outBytes, c10, c11, floor);
  put(out + 2 * outBytes, c20, c21, floor);
  put(out + 3 * outBytes, c30, c31, floor);
}

/** 1 row × 32 columns, for the same reason. */
function fourPanels(a: usize, stepBytes: usize, panel: usize, panelSize: usize, bias: usize, out: usize, floor: v128): void {
  let c0 = v128.load(bias), c1 = v128.load(bias, 16), c2 = v128.load(bias, 32), c3 = v128.load(bias, 48);
  let c4 = v128.load(bias, 64), c5 = v128.load(bias, 80), c6 = v128.load(bias, 96), c7 = v128.load(bias, 112);
  let p1 = panel + panelSize, p2 = p1 + panelSize, p3 = p2 + panelSize;
  for (const end = p1; panel < end; panel += panelBytes, a += stepBytes) {
    const x = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(panel)));
    c1 = f32x4.add(c1, f32x4.mul(x, v128.load(panel, 16)));
    c2 = f32x4.add(c2, f32x4.mul(x, v128.load(p1)));
    c3 = f32x4.add(c3, f32x4.mul(x, v128.load(p1, 16)));
    c4 = f32x4.add(c4, f32x4.mul(x, v128.load(p2)));
    c5 = f32x4.add(c5, f32x4.mul(x, v128.load(p2, 16)));
    c6 = f32x4.add(c6, f32x4.mul(x, v128.load(p3)));
    c7 = f32x4.add(c7, f32x4.mul(x, v128.load(p3, 16)));
    p1 += panelBytes;
    p2 += panelBytes;
    p3 += panelBytes;
  }
  put(out, c0, c1, floor);
  put(out + 32, c2, c3, floor);
  put(out + 64, c4, c5, floor);
  put(out + 96, c6, c7, floor);
}

function onePanel(a: usize, stepBytes: usize, panel: usize, panelSize: usize, bias: usize, out: usize, floor: v128): void {
  let c0 = v128.load(bias), c1 = v128.load(bias, 16);
  for (const end = panel + panelSize; panel < end; panel += panelBytes, a += stepBytes) {
    const x = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(panel)));
    c1 = f32x4.add(c1, f32x4.mul(x, v128.load(panel, 16)));
  }
  put(out, c0, c1, floor);
}

/** Keeps NaN: what went wrong must be seen. */
// @ts-ignore: decorator
@inline
function put(out: usize, c0: v128, c1: v128, floor: v128): void {
  v128.store(out, f32x4.max(c0, floor));
  v128.store(out, f32x4.max(c1, floor), 16);
}
