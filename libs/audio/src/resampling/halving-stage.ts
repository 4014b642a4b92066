import { halve } from '@earshot/kernels';
import { SampleQueue } from './sample-queue.js';
import type { Stage } from './stage.js';

/** soxr's half-band filters for f32, of which it takes the first that stops enough. The middle tap is ½, every other of the rest is 0. */
const filters = [
  {
    stopDb: Math.fround(136.51),
    weights: [
      3.1154652365332069e-1, -8.7344917685739543e-2, 3.681445835363728e-2, -1.5189204581464479e-2, 5.4540855610738801e-3,
      -1.5643862626630416e-3, 3.1816575906323303e-4, -3.4799449225005688e-5,
    ],
  },
  {
    stopDb: Number.POSITIVE_INFINITY,
    weights: [
      3.1227034755311189e-1, -8.9221517147969526e-2, 3.9139704015071934e-2, -1.7250558515852023e-2, 6.8589440230476112e-3,
      -2.3045049636430419e-3, 6.0963740543348963e-4, -1.1323803957431231e-4, 1.1197769991000046e-5,
    ],
  },
];

export function halvingWeights(attenuationDb: number): Float32Array {
  return Float32Array.from(filters.find(({ stopDb }) => attenuationDb <= stopDb)!.weights);
}

/** Drops every other sample behind a half-band filter. */
export class HalvingStage implements Stage {
  readonly input: SampleQueue;

  constructor(private readonly weights: Float32Array) {
    this.input = new SampleQueue(2 * weights.length);
  }

  run(output: SampleQueue): void {
    const centres = this.input.length - 4 * this.weights.length;
    if (centres <= 0) return;
    const count = (centres + 1) >> 1;
    halve(this.input.view(), this.weights, output.extend(count));
    this.input.drop(2 * count);
  }
}
