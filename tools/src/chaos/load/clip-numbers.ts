/** Clips have numbers, each of one part of the run, so that what comes out tells whose it is. Those of the library are the longer ones. */
export const firstClipOf = {
  uploads: 0,
  cancels: 1_000_000,
  files: 2_000_000,
  lines: 3_000_000,
  features: 4_000_000,
  deletes: 5_000_000,
  library: 6_002_000,
};
