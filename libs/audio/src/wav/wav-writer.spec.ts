import { decode } from '../decode.js';
import type { PcmBlock } from '../pcm.js';
import { WavWriter, wavFile } from './wav-writer.js';

const limits = { maxSeconds: 10, maxDecodedBytes: 1e6 };
const stereo = [Float32Array.of(0, 0.5, -1, 0.25), Float32Array.of(1, -0.5, 1.5, -0.25)];

async function readBack(file: Uint8Array) {
  const blocks: PcmBlock[] = [];
  const decoded = await decode([file], (block) => blocks.push(block), limits);
  return { ...decoded, samples: blocks[0]!.channels };
}

describe('the WAV writer', () => {
  it('keeps float samples as they are', async () => {
    expect(await readBack(wavFile(stereo, { sampleRate: 22_050 }))).toMatchObject({
      format: 'wav/float32',
      sampleRate: 22_050,
      samples: stereo,
    });
  });

  it('rounds and clips to 16 bits', async () => {
    const { format, samples } = await readBack(wavFile(stereo, { sampleRate: 22_050, sampleFormat: 'pcm16' }));
    expect([format, ...samples[1]!]).toEqual(['wav/pcm16', 32_767 / 32_768, -0.5, 32_767 / 32_768, -0.25]);
  });

  it('refuses what does not fit in a header of 32 bits', () => {
    expect(() => new WavWriter({ sampleRate: 48_000, channels: 2 }).header(2 ** 29)).toThrow(
      expect.objectContaining({ code: 'AUDIO_TOO_LONG' }),
    );
  });
});
