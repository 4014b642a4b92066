import type { Lend } from '../confinement/lent-files.js';

/** An artifact as its worker finds it: a file, by the hash of its bytes. */
export interface ModelFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

export const lendModel = (model: ModelFile, lend: Lend): ModelFile => ({ ...model, path: lend(model.path) });
