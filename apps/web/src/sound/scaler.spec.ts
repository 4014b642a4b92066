import { readFile } from 'node:fs/promises';
import { readScaler } from './scaler.js';

async function artifactOf(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(new URL(`../../../../models/${name}/artifact.safetensors`, import.meta.url));
  return new Uint8Array(bytes).buffer;
}

describe('the scaler of a model', () => {
  it('has the mean and the spread of each feature that it was trained on', async () => {
    const scaler = readScaler(await artifactOf('talent'));
    expect(scaler?.mean).toHaveLength(37);
    expect(scaler?.scale.every((spread) => spread > 0)).toBe(true);
  });
  it('is none of a network that hears spectrograms', async () => expect(readScaler(await artifactOf('sounds'))).toBeNull());
});
