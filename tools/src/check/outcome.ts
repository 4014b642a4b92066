export interface Outcome {
  passed: number;
  failed: number;
  /** What is shown when something failed. */
  output: string;
  /** What is shown though all passed. */
  remark?: string;
}
