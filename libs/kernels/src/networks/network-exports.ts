/** What the module of networks exports; pointers are byte offsets into its memory. The formulas stand in assembly/networks. */
export interface NetworkExports {
  memory: WebAssembly.Memory;
  heapBase(): number;
  multiplyAdd(a: number, b: number, c: number): number;
  convolve(x: number, panels: number, bias: number, out: number, geometry: number, relu: boolean, accumulates: boolean): void;
  convolveWeights(x: number, d: number, gradient: number, scratch: number, geometry: number): void;
  winograd(
    x: number,
    images: number,
    plan: number,
    panels: number,
    bias: number,
    relu: boolean,
    out: number,
    block: number,
    scratch: number,
  ): void;
  winogradPanels(weights: number, plan: number, isTurned: boolean, panels: number): void;
  winogradWeights(x: number, d: number, images: number, plan: number, gradient: number, block: number, scratch: number): void;
  packPanels(
    matrix: number,
    tapIndexes: number,
    taps: number,
    tapStride: number,
    rows: number,
    rowStride: number,
    columns: number,
    columnStride: number,
    out: number,
  ): void;
  place(from: number, images: number, rows: number, rowBytes: number, to: number, toRow: number, toImage: number): void;
  addColumns(x: number, rows: number, columns: number, sums: number): void;
  moments(x: number, rows: number, columns: number, mean: number, variance: number, near: number): void;
  normalise(x: number, rows: number, columns: number, mean: number, scale: number, shift: number, relu: boolean, y: number): void;
  normBackward(
    x: number,
    y: number,
    d: number,
    rows: number,
    columns: number,
    mean: number,
    inverse: number,
    gamma: number,
    relu: boolean,
    dGamma: number,
    dBeta: number,
    sums: number,
    dx: number,
  ): void;
  normPool(
    x: number,
    images: number,
    height: number,
    width: number,
    channels: number,
    mean: number,
    scale: number,
    shift: number,
    relu: boolean,
    y: number,
  ): void;
  normPoolBackward(
    x: number,
    y: number,
    d: number,
    images: number,
    height: number,
    width: number,
    channels: number,
    mean: number,
    scale: number,
    shift: number,
    relu: boolean,
    inverse: number,
    gamma: number,
    dGamma: number,
    dBeta: number,
    sums: number,
    dx: number,
  ): void;
  reluBackward(y: number, d: number, count: number): void;
  maxPool(x: number, images: number, height: number, width: number, channels: number, high: number, wide: number, y: number): void;
  maxPoolBackward(
    x: number,
    y: number,
    d: number,
    images: number,
    height: number,
    width: number,
    channels: number,
    high: number,
    wide: number,
    dx: number,
  ): void;
  meanAndMax(x: number, images: number, positions: number, channels: number, y: number): void;
  meanAndMaxBackward(x: number, y: number, d: number, images: number, positions: number, channels: number, dx: number): void;
  mean(x: number, images: number, positions: number, channels: number, y: number): void;
  meanBackward(d: number, images: number, positions: number, channels: number, dx: number): void;
  sum(a: number, b: number, count: number, relu: boolean, y: number): void;
  dropRow(x: number, count: number, period: number, key: number, keep: number, y: number): void;
  softmax(x: number, rows: number, columns: number): void;
  lstm(z: number, panels: number, step: number, h: number, c: number, rows: number, frames: number, units: number): void;
  lstmBackward(
    z: number,
    panels: number,
    step: number,
    c: number,
    d: number,
    past: number,
    rows: number,
    frames: number,
    units: number,
  ): void;
  attend(x: number, q: number, k: number, v: number, frames: number, channels: number, units: number, a: number, y: number): void;
  attendBackward(
    x: number,
    q: number,
    k: number,
    v: number,
    a: number,
    d: number,
    frames: number,
    channels: number,
    units: number,
    dx: number,
    dq: number,
    dk: number,
    dv: number,
  ): void;
}
