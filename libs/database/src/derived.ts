/** What was computed from a clip's bytes by one recipe. */
export interface Derived {
  sha256: string;
  /** Tells all that the result depends on beside the bytes: the hash of a profile. */
  recipe: string;
  shape: number[];
  /** What else was found on the way, such as the decoder. */
  facts: object;
  place: DerivedPlace;
}

/** Small results stand in the row, large ones are parts of a blob that holds those of a whole task. */
export type DerivedPlace = { bytes: Uint8Array } | { pack: string; start: number; length: number };

/** Blobs that hold packed results, to be counted as referred to by each of them. */
export interface NewPack {
  sha256: string;
  sizeBytes: number;
}
