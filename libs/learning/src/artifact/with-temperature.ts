import { readModel, writeModel } from './model-file.js';

/** The same model, whose confidence is divided by this temperature: fitted by `fitTemperature` to rows that trained nothing. */
export function withTemperature(artifact: Uint8Array, temperature: number): Uint8Array<ArrayBuffer> {
  const { header, ...rest } = readModel(artifact);
  return writeModel({ ...rest, header: { ...header, temperature } });
}
