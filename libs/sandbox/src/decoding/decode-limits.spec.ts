import { decodeLimits } from './decode-limits.js';

const hourBytes = (sampleRate: number, channels: number) => 3600 * sampleRate * channels * 4;

describe('the limits on what a clip decodes to', () => {
  it('admit an hour of digital silence in stereo, however small its file', () => {
    expect(decodeLimits(0).maxDecodedBytes).toBeGreaterThan(hourBytes(44_100, 2));
  });

  it('admit four hours of the thinnest speech coding', () => {
    const sizeBytes = (4 * 3600 * 6000) / 8;
    expect(decodeLimits(sizeBytes).maxDecodedBytes).toBeGreaterThan(4 * hourBytes(48_000, 1));
  });

  it('stop a 50 kB file long before the 2.5 GB that were seen', () => {
    expect(decodeLimits(50_000).maxDecodedBytes).toBeLessThan(1.4e9);
  });
});
