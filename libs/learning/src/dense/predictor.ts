import { type Kernels, loadKernels } from '@earshot/kernels';
import type { Affine } from './layers.js';
import { room } from './room.js';

interface PlacedLayer {
  inputs: number;
  units: number;
  panels: number;
  bias: number;
}

/** So many rows go through all layers before the next come: what lies between two layers stays in the processor's cache. */
const rowsAtOnce = 64;

/** Rows to logits, by plain SIMD: the same bytes on every processor, and for a row the same whether it comes alone or among others. */
export class Predictor {
  private readonly kernels: Kernels = loadKernels();
  private readonly layers: readonly PlacedLayer[];
  private readonly raw: number;
  private readonly between: readonly [number, number];
  readonly inputs: number;
  readonly units: number;

  constructor(layers: readonly Affine[]) {
    const { arena } = this.kernels;
    const widest = Math.max(...layers.map(({ inputs, units }) => Math.max(room(inputs), room(units))));
    this.inputs = layers[0]!.inputs;
    this.units = layers.at(-1)!.units;
    this.layers = layers.map(({ inputs, units }) => {
      return { inputs, units, panels: arena.keep(4 * inputs * room(units)), bias: arena.keep(4 * room(units)) };
    });
    this.raw = arena.keep(4 * Math.max(...layers.map(({ weight }) => weight.length)));
    this.between = [arena.keep(4 * rowsAtOnce * widest), arena.keep(4 * rowsAtOnce * widest)];
    this.load(layers);
  }

  /** Takes the weights of layers of the same sizes. */
  load(layers: readonly Affine[]): void {
    const { arena, run } = this.kernels;
    layers.forEach(({ weight, bias }, index) => {
      const placed = this.layers[index]!;
      arena.f32(this.raw, weight.length).set(weight);
      arena.f32(placed.bias, placed.units).set(bias);
      run.packPanels(this.raw, placed.units, 1, placed.inputs, placed.units, placed.panels);
    });
  }

  /** `fill` puts the row of an index into what it is given; returns rows × units. */
  logits(rows: number, fill: (index: number, into: Float32Array) => void): Float32Array {
    const { arena } = this.kernels;
    const { inputs, units } = this;
    const out = new Float32Array(rows * units);
    for (let first = 0; first < rows; first += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - first);
      const x = arena.f32(this.between[0], count * inputs);
      for (let i = 0; i < count; i++) fill(first + i, x.subarray(i * inputs, (i + 1) * inputs));
      const z = arena.f32(this.forward(count), count * room(units));
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < units; j++) out[(first + i) * units + j] = z[i * room(units) + j]!;
      }
    }
    return out;
  }

  /** Where the logits of so many rows are. */
  private forward(count: number): number {
    let [from, to] = this.between;
    let stride = this.inputs;
    this.layers.forEach(({ inputs, units, panels, bias }, index) => {
      const isHidden = index < this.layers.length - 1;
      this.kernels.run.panelProduct(from, stride, 1, panels, bias, to, room(units), count, units, inputs, isHidden);
      [from, to] = [to, from];
      stride = room(units);
    });
    return from;
  }
}
