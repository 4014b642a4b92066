/** What the WebAssembly module exports; pointers are byte offsets into its memory. The formulas stand in assembly/. */
export interface KernelExports {
  memory: WebAssembly.Memory;
  heapBase(): number;
  quadFft(z: number, size: number, twiddles: number): void;
  quadFftInverse(z: number, size: number, twiddles: number): void;
  complexFft(inRe: number, inIm: number, outRe: number, outIm: number, size: number, tables: number, scratch: number): void;
  realFftForward(x: number, re: number, im: number, size: number, half: number, shares: number, scratch: number): void;
  realFftInverse(re: number, im: number, x: number, size: number, half: number, shares: number, scratch: number): void;
  blockEnergies(pcm: number, blockCount: number, block: number, energies: number): void;
  blockCrossings(pcm: number, blockCount: number, block: number, crossings: number, atStart: number): void;
  peakAndSum(pcm: number, count: number, out: number): void;
  countBeyond(pcm: number, count: number, level: number): number;
  quadMagnitude(
    pcm: number,
    frameCount: number,
    hop: number,
    size: number,
    window: number,
    tables: number,
    work: number,
    out: number,
  ): void;
  exactQuadMagnitude(pcm: number, hop: number, size: number, window: number, roots: number, work: number, out: number): void;
  quadShape(
    magnitude: number,
    quadCount: number,
    binCount: number,
    binHz: number,
    rolloffShare: number,
    sums: number,
    centroid: number,
    bandwidth: number,
    rolloff: number,
    doubtful: number,
  ): number;
  quadFlatness(magnitude: number, quadCount: number, binCount: number, out: number): void;
  quadPower(magnitude: number, binCount: number, running: number, total: number, logs: number): void;
  quadContrast(magnitude: number, quadCount: number, binCount: number, edges: number, bandCount: number, out: number): void;
  quadMel(magnitude: number, quadCount: number, binCount: number, bank: number, bandCount: number, out: number): void;
  decibels(values: number, count: number): number;
  raise(values: number, count: number, floor: number, out: number): void;
  quadCepstrum(
    db: number,
    quadCount: number,
    bandCount: number,
    floor: number,
    cosines: number,
    coefficientCount: number,
    scratch: number,
    out: number,
  ): void;
  quadPeaks(magnitude: number, binCount: number, firstBin: number, endBin: number, binHz: number, doubt: number, out: number): number;
  quadChroma(magnitude: number, quadCount: number, binCount: number, bank: number, sums: number, out: number, largest: number): void;
  quadOnset(
    db: number,
    quadCount: number,
    bandCount: number,
    floor: number,
    before: number,
    isMedian: boolean,
    scratch: number,
    out: number,
  ): void;
  addAutocorrelations(
    onset: number,
    frameCount: number,
    length: number,
    window: number,
    size: number,
    twiddles: number,
    z: number,
    sums: number,
  ): void;
  filterBlocks(
    pcm: number,
    hop: number,
    inSize: number,
    inTables: number,
    response: number,
    binCount: number,
    outSize: number,
    outTables: number,
    first: number,
    count: number,
    work: number,
    out: number,
  ): void;
  quadRows(quads: number, frameCount: number, rows: number, matrix: number, stride: number): number;
  interpolate(
    z: number,
    table: number,
    out: number,
    count: number,
    tapCount: number,
    start: number,
    step: number,
    phaseCount: number,
  ): void;
  interpolateBetween(
    z: number,
    table: number,
    out: number,
    count: number,
    tapCount: number,
    start: number,
    step: number,
    phaseCount: number,
    rowCount: number,
  ): void;
  riceCodes(bytes: number, position: number, endBit: number, k: number, out: number, count: number): number;
  predict(s: number, count: number, coefficients: number, order: number, shift: number, work: number): void;
  undoStereo(first: number, second: number, count: number, coding: number): void;
  scaled(numbers: number, count: number, scale: number): void;
  packPanels(b: number, rowStride: number, columnStride: number, k: number, n: number, panels: number): void;
  panelProduct(
    a: number,
    rowStride: number,
    columnStride: number,
    panels: number,
    bias: number,
    c: number,
    cStride: number,
    m: number,
    n: number,
    k: number,
    relu: boolean,
  ): void;
  normalizeBatch(
    x: number,
    rows: number,
    columns: number,
    stride: number,
    gamma: number,
    beta: number,
    epsilon: number,
    mean: number,
    variance: number,
    inverse: number,
    y: number,
  ): void;
  normalizeReluBackward(
    x: number,
    d: number,
    rows: number,
    columns: number,
    stride: number,
    gamma: number,
    mean: number,
    inverse: number,
    dGamma: number,
    dBeta: number,
    dBias: number,
  ): void;
  reluBackward(x: number, d: number, rows: number, columns: number, stride: number, dBias: number): void;
  columnSums(x: number, rows: number, columns: number, stride: number, sums: number): void;
  dropout(x: number, count: number, key: number, threshold: number, scale: number): void;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    count: number,
    rate: number,
    secondScale: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ): void;
}
