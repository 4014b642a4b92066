/** Whole numbers in the kernels' memory: a view of them, which lasts until that memory grows, and where they lie. */
export interface Numbers {
  values: Int32Array;
  at: number;
  /** Memory for the predictor, `predictorBytes` of it: taken before the views are made. */
  scratch: number;
}
