import { wholePanels } from './geometry.js';
import { bytesOfFloat, keepFloats, keepIntegers, type WasmSpace } from './wasm-layer.js';

/** Where the frames of a product lie: `frames` of each row, an image apart in source and target (in values). */
export interface FramePlaces {
  frames: number;
  sourceImage: number;
  targetImage: number;
}

/** A matrix of weights [inputs][outputs] and the products with it: of every frame of every row, and back. */
export class Product {
  private readonly forwardPlaces: number;
  private readonly backPlaces: number;
  private readonly panels: number;
  private readonly turnedPanels: number;
  private readonly scratch: number;
  private readonly firstTap: number;

  constructor(
    private readonly space: WasmSpace,
    private readonly offset: number,
    private readonly inputs: number,
    private readonly outputs: number,
    places: FramePlaces,
  ) {
    const { frames, sourceImage, targetImage } = places;
    this.forwardPlaces = framePlaces(space, inputs, outputs, places);
    this.backPlaces = framePlaces(space, outputs, inputs, { frames, sourceImage: targetImage, targetImage: sourceImage });
    this.panels = keepFloats(space, inputs * wholePanels(outputs));
    this.turnedPanels = space.isTraining ? keepFloats(space, outputs * wholePanels(inputs)) : 0;
    this.scratch = space.isTraining ? keepFloats(space, 96 * wholePanels(outputs)) : 0;
    this.firstTap = keepIntegers(space, [0]);
  }

  load(): void {
    const { run } = this.space.kernels;
    const [weights, row] = [this.space.weights + bytesOfFloat * this.offset, bytesOfFloat * this.outputs];
    run.packPanels(weights, this.firstTap, 1, 0, this.inputs, row, this.outputs, bytesOfFloat, this.panels);
    if (!this.space.isTraining) return;
    run.packPanels(weights, this.firstTap, 1, 0, this.outputs, bytesOfFloat, this.inputs, row, this.turnedPanels);
  }

  /** out = x·W + bias (a pointer, 0 for none). */
  forward(rows: number, x: number, bias: number, out: number): void {
    this.space.kernels.run.convolve(x, this.panels, bias, out, this.forRows(this.forwardPlaces, rows), false, false);
  }

  /** dx = d·Wᵀ, or dx + d·Wᵀ. */
  back(rows: number, d: number, dx: number, accumulates: boolean): void {
    this.space.kernels.run.convolve(d, this.turnedPanels, 0, dx, this.forRows(this.backPlaces, rows), false, accumulates);
  }

  /** dW += xᵀ·d */
  learn(rows: number, x: number, d: number): void {
    const gradient = this.space.gradient + bytesOfFloat * this.offset;
    this.space.kernels.run.convolveWeights(x, d, gradient, this.scratch, this.forRows(this.forwardPlaces, rows));
  }

  /** What a kernel needs that makes the products itself, frame by frame. */
  forKernel(rows: number) {
    const [forward, back] = [this.forRows(this.forwardPlaces, rows), this.forRows(this.backPlaces, rows)];
    return { panels: this.panels, turnedPanels: this.turnedPanels, forward, back };
  }

  private forRows(places: number, rows: number): number {
    this.space.kernels.arena.i32(places, 1)[0] = rows;
    return places;
  }
}

/** The geometry (assembly/networks/geometry.ts) of `frames` positions side by side in each row. */
function framePlaces(space: WasmSpace, inputs: number, outputs: number, { frames, sourceImage, targetImage }: FramePlaces): number {
  const source = [bytesOfFloat * sourceImage, 0, bytesOfFloat * inputs];
  const target = [bytesOfFloat * targetImage, 0, bytesOfFloat * outputs];
  return keepIntegers(space, [space.maxRows, 1, frames, ...source, ...target, 1, 0, inputs, outputs]);
}
