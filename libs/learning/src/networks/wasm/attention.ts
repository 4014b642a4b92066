import type { LayerOf } from '../layers.js';
import { channelsOf, type PlannedLayer } from '../plan.js';
import { Product } from './product.js';
import { bytesOfFloat, keepFloats, type WasmLayer, type WasmSpace } from './wasm-layer.js';

/** Additive self-attention: each frame becomes a mean over all frames of its row, by shares that both have a say in. */
export class Attention implements WasmLayer {
  readonly output: number;
  private readonly frames: number;
  private readonly channels: number;
  private readonly units: number;
  private readonly bias: number;
  private readonly score: number;
  private readonly query: Product;
  private readonly key: Product;
  private readonly queries: number;
  private readonly keys: number;
  private readonly shares: number;
  private readonly dQueries: number;
  private readonly dKeys: number;

  constructor(
    private readonly space: WasmSpace,
    { layer, input: shape, weights }: PlannedLayer,
    private readonly input: number,
  ) {
    const { units } = layer as LayerOf<'selfAttention'>;
    const [frames, channels] = [shape[0]!, channelsOf(shape)];
    const floats = (ofFrame: number) => keepFloats(space, space.maxRows * frames * ofFrame);
    const places = { frames, sourceImage: frames * channels, targetImage: frames * units };
    this.frames = frames;
    this.channels = channels;
    this.units = units;
    this.bias = bytesOfFloat * weights['bias']!.offset;
    this.score = bytesOfFloat * weights['score']!.offset;
    this.query = new Product(space, weights['query']!.offset, channels, units, places);
    this.key = new Product(space, weights['key']!.offset, channels, units, places);
    this.queries = floats(units);
    this.keys = floats(units);
    this.shares = floats(frames);
    this.dQueries = floats(units);
    this.dKeys = floats(units);
    this.output = floats(channels);
  }

  load(): void {
    this.query.load();
    this.key.load();
  }

  forward(rows: number): void {
    const { kernels, weights } = this.space;
    const { frames, channels, units } = this;
    this.query.forward(rows, this.input, 0, this.queries);
    this.key.forward(rows, this.input, weights + this.bias, this.keys);
    for (let row = 0; row < rows; row++) {
      const { x, q, k, a } = this.of(row);
      kernels.run.attend(x, q, k, weights + this.score, frames, channels, units, a, this.output + this.frameBytes(channels) * row);
    }
  }

  backward(rows: number, d: number, dx: number): number {
    const { kernels, weights, gradient } = this.space;
    const { frames, channels, units } = this;
    const dInput = dx === 0 ? this.output : dx; // the output is needed no more
    for (let row = 0; row < rows; row++) {
      const { x, q, k, a } = this.of(row);
      const image = this.frameBytes(channels) * row;
      const [dq, dk] = [this.dQueries, this.dKeys].map((base) => base + this.frameBytes(units) * row);
      const [v, dv] = [weights + this.score, gradient + this.score];
      kernels.run.attendBackward(x, q, k, v, a, d + image, frames, channels, units, dInput + image, dq!, dk!, dv);
    }
    kernels.run.addColumns(this.dKeys, rows * frames, units, gradient + this.bias);
    this.query.learn(rows, this.input, this.dQueries);
    this.key.learn(rows, this.input, this.dKeys);
    if (dx === 0) return 0;
    this.query.back(rows, this.dQueries, dx, true);
    this.key.back(rows, this.dKeys, dx, true);
    return dx;
  }

  private of(row: number) {
    return {
      x: this.input + this.frameBytes(this.channels) * row,
      q: this.queries + this.frameBytes(this.units) * row,
      k: this.keys + this.frameBytes(this.units) * row,
      a: this.shares + this.frameBytes(this.frames) * row,
    };
  }

  private frameBytes(ofFrame: number): number {
    return bytesOfFloat * this.frames * ofFrame;
  }
}
