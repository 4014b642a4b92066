// What a model knows of its training data: the mean and the spread of each feature, which stand in its artifact (safetensors).
import { answer, api } from '../api/client.js';

export interface Scaler {
  mean: Float64Array;
  /** Standard deviations. */
  scale: Float64Array;
}

/** Null of models that scale nothing by column, as networks over spectrograms. */
export async function scalerOf(classifier: string, version: number): Promise<Scaler | null> {
  const params = { path: { name: classifier, version } };
  return readScaler(await answer(api.GET('/api/v1/classifiers/{name}/versions/{version}/artifact', { params, parseAs: 'arrayBuffer' })));
}

/** A safetensors file: eight bytes with the length of the header, the header as JSON, the numbers. */
export function readScaler(bytes: ArrayBuffer): Scaler | null {
  const headerLength = Number(new DataView(bytes).getBigUint64(0, true));
  const header: Record<string, { dtype?: string; data_offsets?: [number, number] }> = JSON.parse(
    new TextDecoder().decode(new Uint8Array(bytes, 8, headerLength)),
  );
  const tensor = (name: string) => {
    const { dtype, data_offsets: [from, to] = [0, 0] } = header[name] ?? {};
    return dtype === 'F64' ? new Float64Array(bytes.slice(8 + headerLength + from, 8 + headerLength + to)) : null;
  };
  const mean = tensor('scaler.mean');
  const scale = tensor('scaler.scale');
  return mean === null || scale === null ? null : { mean, scale };
}
