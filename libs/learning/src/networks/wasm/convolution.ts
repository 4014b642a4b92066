import { type PlannedLayer, sizeOf } from '../plan.js';
import { type Axis, axisOf, type Phase, phasesOf, wholePanels } from './geometry.js';
import { bytesOfFloat, keepFloats, keepIntegers, type WasmLayer, type WasmSpace } from './wasm-layer.js';

interface InputPhase {
  geometry: number;
  panels: number;
  tapIndexes: number;
  tapCount: number;
  /** Offsets in bytes into the placed gradient, and into the gradient of the input. */
  source: number;
  target: number;
}

/** Convolution over two axes; over one, and a dense layer, are those of height 1 and of one position. */
export class Convolution implements WasmLayer {
  readonly output: number;
  private readonly channels: number;
  private readonly filters: number;
  private readonly vertical: Axis;
  private readonly horizontal: Axis;
  private readonly relu: boolean;
  private readonly kernel: number;
  private readonly bias: number | null;
  private readonly padded: number;
  private readonly geometry: number;
  private readonly panels: number;
  private readonly firstTap: number;
  private readonly back: { phases: InputPhase[]; placed: number; margins: Margins; scratch: number; hasGaps: boolean } | null;

  constructor(
    private readonly space: WasmSpace,
    planned: PlannedLayer,
    private readonly input: number,
  ) {
    const [vertical, horizontal] = axesOf(planned);
    const { kernel, bias } = planned.weights;
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.channels = kernel!.shape.at(-2)!;
    this.filters = kernel!.shape.at(-1)!;
    this.relu = 'activation' in planned.layer && planned.layer.activation === 'relu';
    this.kernel = kernel!.offset;
    this.bias = bias ? bias.offset : null;
    this.output = keepFloats(space, space.maxRows * sizeOf(planned.output));
    this.padded = this.isPadded ? keepFloats(space, space.maxRows * this.paddedHeight * this.paddedWidth * this.channels) : input;
    this.geometry = keepIntegers(space, this.forwardGeometry());
    this.panels = keepFloats(space, this.taps * this.channels * wholePanels(this.filters));
    this.firstTap = keepIntegers(space, [0]);
    this.back = space.isTraining ? this.planBack(planned.index > 0) : null;
  }

  load(): void {
    const { run } = this.space.kernels;
    const weights = this.space.weights + bytesOfFloat * this.kernel;
    const [row, tap] = [bytesOfFloat * this.filters, bytesOfFloat * this.filters * this.channels];
    run.packPanels(weights, this.firstTap, 1, 0, this.taps * this.channels, row, this.filters, bytesOfFloat, this.panels);
    for (const { tapIndexes, tapCount, panels } of this.back?.phases ?? []) {
      run.packPanels(weights, tapIndexes, tapCount, tap, this.filters, bytesOfFloat, this.channels, row, panels);
    }
  }

  forward(rows: number): void {
    const { run } = this.space.kernels;
    if (this.isPadded) {
      const rowBytes = bytesOfFloat * this.paddedWidth * this.channels;
      const corner = this.vertical.before * rowBytes + bytesOfFloat * this.horizontal.before * this.channels;
      const from = bytesOfFloat * this.horizontal.length * this.channels;
      run.place(this.input, rows, this.vertical.length, from, this.padded + corner, rowBytes, rowBytes * this.paddedHeight);
    }
    this.setImages(this.geometry, rows);
    const bias = this.bias === null ? 0 : this.space.weights + bytesOfFloat * this.bias;
    run.convolve(this.padded, this.panels, bias, this.output, this.geometry, this.relu, false);
  }

  backward(rows: number, d: number, dx: number): number {
    const { run } = this.space.kernels;
    const { phases, placed, margins, scratch, hasGaps } = this.back!;
    const positions = rows * this.vertical.output * this.horizontal.output;
    if (this.relu) run.reluBackward(this.output, d, positions * this.filters);
    if (this.bias !== null) run.addColumns(d, positions, this.filters, this.space.gradient + bytesOfFloat * this.bias);
    this.setImages(this.geometry, rows);
    run.convolveWeights(this.padded, d, this.space.gradient + bytesOfFloat * this.kernel, scratch, this.geometry);
    if (dx === 0) return 0;
    const source = placed === 0 ? d : this.placeGradient(rows, d, placed, margins);
    if (hasGaps) this.space.kernels.arena.f32(dx, rows * this.vertical.length * this.horizontal.length * this.channels).fill(0);
    for (const phase of phases) {
      this.setImages(phase.geometry, rows);
      run.convolve(source + phase.source, phase.panels, 0, dx + phase.target, phase.geometry, false, false);
    }
    return dx;
  }

  private placeGradient(rows: number, d: number, placed: number, { top, left, height, width }: Margins): number {
    const rowBytes = bytesOfFloat * width * this.filters;
    const corner = top * rowBytes + bytesOfFloat * left * this.filters;
    const from = bytesOfFloat * this.horizontal.output * this.filters;
    this.space.kernels.run.place(d, rows, this.vertical.output, from, placed + corner, rowBytes, rowBytes * height);
    return placed;
  }

  /** The first layer's input wants no gradient. */
  private planBack(hasBefore: boolean) {
    const [down, right] = [phasesOf(this.vertical), phasesOf(this.horizontal)];
    const [vertical, horizontal] = [marginsOf(down, this.vertical), marginsOf(right, this.horizontal)];
    const margins = { top: vertical.before, left: horizontal.before, height: vertical.length, width: horizontal.length };
    const needsMargins = margins.height !== this.vertical.output || margins.width !== this.horizontal.output;
    const pairs = hasBefore ? down.flatMap((y) => right.map((x) => [y, x] as const)) : [];
    const reached = pairs.filter(([y, x]) => y.taps.length > 0 && x.taps.length > 0);
    return {
      margins,
      placed: hasBefore && needsMargins ? keepFloats(this.space, this.space.maxRows * margins.height * margins.width * this.filters) : 0,
      phases: reached.map(([y, x]) => this.planPhase(y, x, margins)),
      hasGaps: reached.length < pairs.length,
      scratch: keepFloats(this.space, 96 * wholePanels(this.filters)),
    };
  }

  private planPhase(y: Phase, x: Phase, { top, left, height, width }: Margins): InputPhase {
    const [step, row] = [bytesOfFloat * this.filters, bytesOfFloat * this.filters * width];
    const [inputStep, inputRow] = [bytesOfFloat * this.channels, bytesOfFloat * this.channels * this.horizontal.length];
    const taps = y.taps.flatMap((tapY) => x.taps.map((tapX) => tapY * this.horizontal.kernel + tapX));
    const source = [row * height, row, step];
    const target = [inputRow * this.vertical.length, inputRow * this.vertical.stride, inputStep * this.horizontal.stride];
    const runs = [y.taps.length, row, x.taps.length * this.filters];
    return {
      geometry: keepIntegers(this.space, [this.space.maxRows, y.count, x.count, ...source, ...target, ...runs, this.channels]),
      panels: keepFloats(this.space, taps.length * this.filters * wholePanels(this.channels)),
      tapIndexes: keepIntegers(this.space, taps),
      tapCount: taps.length,
      source: (y.from + top) * row + (x.from + left) * step,
      target: y.first * inputRow + x.first * inputStep,
    };
  }

  private forwardGeometry(): number[] {
    const step = bytesOfFloat * this.channels;
    const row = step * this.paddedWidth;
    const source = [row * this.paddedHeight, row * this.vertical.stride, step * this.horizontal.stride];
    const outStep = bytesOfFloat * this.filters;
    const outRow = outStep * this.horizontal.output;
    const positions = [this.space.maxRows, this.vertical.output, this.horizontal.output];
    const runs = [this.vertical.kernel, row, this.horizontal.kernel * this.channels];
    return [...positions, ...source, outRow * this.vertical.output, outRow, outStep, ...runs, this.filters];
  }

  private setImages(geometry: number, rows: number): void {
    this.space.kernels.arena.i32(geometry, 1)[0] = rows;
  }

  private get isPadded(): boolean {
    return this.vertical.padding > 0 || this.horizontal.padding > 0;
  }

  private get paddedHeight(): number {
    return this.vertical.length + this.vertical.padding;
  }

  private get paddedWidth(): number {
    return this.horizontal.length + this.horizontal.padding;
  }

  private get taps(): number {
    return this.vertical.kernel * this.horizontal.kernel;
  }
}

interface Margins {
  top: number;
  left: number;
  height: number;
  width: number;
}

function axesOf({ layer, input }: PlannedLayer): [Axis, Axis] {
  if (layer.kind === 'conv2d') {
    return [axisOf(input[0]!, layer.kernel[0], layer.strides[0]), axisOf(input[1]!, layer.kernel[1], layer.strides[1])];
  }
  if (layer.kind === 'conv1d') return [axisOf(1, 1, 1), axisOf(input[0]!, layer.kernel, layer.stride)];
  return [axisOf(1, 1, 1), axisOf(1, 1, 1)];
}

/** How far the phases reach past both ends of the output, and the length of all of it. */
function marginsOf(phases: readonly Phase[], { output }: Axis): { before: number; length: number } {
  const before = Math.max(0, ...phases.map(({ from }) => -from));
  const end = Math.max(output, ...phases.map(({ from, count, taps }) => from + count - 1 + taps.length));
  return { before, length: before + end };
}
