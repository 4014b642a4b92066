import type { Lend } from '../confinement/lent-files.js';

/** A stored clip as its worker finds it: a file, and how long it is. */
export interface ClipFile {
  readonly path: string;
  readonly sizeBytes: number;
}

export const lendClip = <Input extends ClipFile>(input: Input, lend: Lend): Input => ({ ...input, path: lend(input.path) });
