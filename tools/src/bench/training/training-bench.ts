/** One network that `npm run bench -- training` times, beside a Python peer where there is one. */
export interface TrainingBench {
  /** For `--only`. */
  name: string;
  /** Prints its table. False: a goal was missed. */
  run(python: string | undefined): Promise<boolean>;
}
