/** What the WebAssembly module exports; pointers are byte offsets into its memory. The formulas stand in assembly/. */
export interface KernelExports {
  memory: WebAssembly.Memory;
  heapBase(): number;
  quadFft(z: number, size: number, twiddles: number): void;
  complexFft(inRe: number, inIm: number, outRe: number, outIm: number, size: number, tables: number, scratch: number): void;
  realFftForward(x: number, re: number, im: number, size: number, half: number, turns: number, scratch: number): void;
  realFftInverse(re: number, im: number, x: number, size: number, half: number, turns: number, scratch: number): void;
  blockEnergies(pcm: number, blockCount: number, block: number, energies: number): void;
  blockCrossings(pcm: number, blockCount: number, block: number, crossings: number, atStart: number): void;
  quadMagnitude(
    pcm: number,
    frameCount: number,
    hop: number,
    size: number,
    window: number,
    twiddles: number,
    work: number,
    out: number,
  ): void;
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
  ): void;
  quadFlatness(magnitude: number, quadCount: number, binCount: number, out: number): void;
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
  quadPeaks(magnitude: number, quadCount: number, binCount: number, firstBin: number, endBin: number, binHz: number, out: number): number;
  quadChroma(magnitude: number, quadCount: number, binCount: number, bank: number, sums: number, out: number): void;
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
  rowFftForward(x: number, rows: number, work: number, size: number, tables: number): void;
  rowFftBackward(rows: number, work: number, size: number, tables: number): number;
  multiplyRows(x: number, h: number, size: number): void;
  multiplyBins(x: number, h: number, size: number): void;
  mirrorBins(bins: number, size: number): void;
  repeatBins(bins: number, size: number): void;
  rowsToBins(rows: number, bins: number, size: number): void;
  binsToRows(bins: number, rows: number, size: number): void;
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
    phaseBits: number,
    order: number,
  ): void;
  halve(z: number, weights: number, out: number, count: number, weightCount: number): void;
}
