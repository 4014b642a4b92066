import { answer, api } from '../api/client.js';
import { onlyItem, resultOf, waiting } from '../api/work.js';
import type { components } from '../generated/openapi.js';

type Vector = components['schemas']['Vector'];
type ProfileChoice = NonNullable<components['schemas']['FeaturesRequest']['profiles']>[number];

/** What a profile gives of a stored clip: values row by row. */
export interface Computed {
  hash: string;
  shape: readonly number[];
  columns: readonly string[] | null;
  values: Float32Array;
}

/** Asks for it, and reads it: small ones stand in the answer, large ones are read as floats. */
export async function computeVector(clipId: string, profile: ProfileChoice): Promise<Computed> {
  const body = { clipIds: [clipId], profiles: [profile] };
  const answered = await answer(api.POST('/api/v1/features/clips', { params: { header: waiting }, body }));
  const [vector] = onlyItem(await resultOf('features', answered)).result.vectors;
  if (vector === undefined) throw new Error('The answer has no vector of the profile that was asked for');
  const { hash, shape, columns } = vector;
  return { hash, shape, columns, values: await valuesOf(clipId, vector) };
}

async function valuesOf(clipId: string, { hash, values }: Vector): Promise<Float32Array> {
  if (values !== null) return Float32Array.from(values);
  const params = { path: { id: clipId, profile: hash } };
  const headers = { accept: 'application/octet-stream' };
  const bytes = await answer(api.GET('/api/v1/clips/{id}/vectors/{profile}', { params, headers, parseAs: 'arrayBuffer' }));
  return new Float32Array(bytes);
}

/** The rows of a matrix, as `Spectrogram` draws them. */
export function rowsOf({ shape, values }: Computed): number[][] {
  const [rows = 0, frames = 0] = shape;
  return Array.from({ length: rows }, (_, row) => Array.from(values.subarray(row * frames, (row + 1) * frames)));
}
