/** A stored clip as its worker finds it: a file, and how long it is. */
export interface ClipFile {
  readonly path: string;
  readonly sizeBytes: number;
}
