// The port between a training and what computes: the own WebAssembly kernels, or TensorFlow. A batch is cut into micro-batches of a fixed
// size; each has its own batch statistics and its own gradient, and these are summed in their order. So memory is bounded by the
// micro-batch, and the sum is the same bytes however many threads share the work.

/** What decides the randomness of a micro-batch: with the layer and the row it is the coordinate of each dropped value. */
export interface Moment {
  seed: number;
  step: number;
  /** Of the micro-batch's first row in its batch. */
  firstRow: number;
}

/** Computes one micro-batch at a time. */
export interface NetworkEngine {
  /** Takes over weights and running statistics until the next call. */
  load(weights: Float32Array, statistics: Float32Array): void;
  /**
   * Loss and hits of the rows, summed. `targets` are probabilities × the row's weight, rows × labels; `gradient` receives the gradient of
   * the summed loss, `batchStatistics` mean and variance of this micro-batch.
   */
  learn(rows: Float32Array, targets: Float32Array, moment: Moment, gradient: Float32Array, batchStatistics: Float32Array): LearnedBatch;
  /** Probabilities, rows × labels. */
  predict(rows: Float32Array, probabilities: Float32Array): void;
  close(): void;
}

/** What a micro-batch came to. */
export interface LearnedBatch {
  loss: number;
  hits: number;
}
