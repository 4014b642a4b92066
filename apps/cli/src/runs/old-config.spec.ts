import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineProfile, getProfile } from '@earshot/features';
import { readOldConfig } from './old-config.js';

describe('a config.yaml of the old keyword system', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    const path = join(folder, 'config.yaml');
    writeFileSync(path, text);
    return readOldConfig(path);
  };

  it('is a training of its network, by the profile that it had', async () => {
    const text =
      'params:\n  epochs: 50\n  learning_rate: 1e-3\n  batch_size: 32\n  n_mfcc: 49\n  mfcc_length: 40\n  sampling_rate: 16000\n';
    expect(await read(text)).toEqual({ recipe: 'cnn-lstm-attention', settings: { epochs: 50, learningRate: 0.001, batchSize: 32 } });
  });

  it('leaves to the recipe what it does not say', async () =>
    expect(await read('params: {}')).toEqual({ recipe: 'cnn-lstm-attention', settings: {} }));

  it('hears by a profile of its own where it says so', async () => {
    const { profile } = await read('params: { n_mfcc: 13, mfcc_length: 80, sampling_rate: 22050 }');
    const { mel, sampleRate, output, hash } = defineProfile(profile) as ReturnType<typeof getProfile> & { mel: object };
    expect({ sampleRate, output }).toEqual({
      sampleRate: 22_050,
      output: { kind: 'matrix', of: { feature: 'mfcc', coefficients: 13 }, frames: 80 },
    });
    expect(mel).toMatchObject({ bands: 128, maxHz: 11_025 });
    expect(hash).not.toBe(getProfile('mfcc-49x40@1').hash);
  });

  it.each([
    ['params:\n  epochs: 5\n  dropout: 0.3\n', 'REQUEST_INVALID', 'params.dropout is not known; known are epochs, learning_rate'],
    ['params: {}\nmodel: lstm\n', 'REQUEST_INVALID', 'model is not known; known are params'],
    ['params:\n  epochs: many\n', 'REQUEST_INVALID', 'params.epochs: '],
    ['params:\n  n_mfcc: 200\n', 'REQUEST_INVALID', 'params.n_mfcc: '],
    ['params:\n  mfcc_length: 4\n', 'REQUEST_INVALID', 'params.mfcc_length: must be at least 8'],
    ['params:\n  sampling_rate: 100\n', 'REQUEST_INVALID', 'params.sampling_rate: '],
    ['', 'REQUEST_INVALID', 'the file: '],
    ['epochs: 5\n', 'REQUEST_INVALID', 'params: '],
    ['params:\n  epochs: 5\n  epochs: 6\n', 'BODY_MALFORMED', 'unique'],
    ['params: [', 'BODY_MALFORMED', 'is no YAML'],
    [`params: {} # ${'-'.repeat(70_000)}`, 'REQUEST_INVALID', 'at most 65536'],
  ])('that is %j is refused', async (text, code, detail) =>
    expect(read(text)).rejects.toMatchObject({ code, detail: expect.stringContaining(detail) }),
  );

  it('that is not there is refused', () =>
    expect(readOldConfig(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' }));
});
