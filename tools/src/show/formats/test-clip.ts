import { wavFile } from '@earshot/audio';

/** 0.7 s with a tone of its own and some noise in each channel, on 16 bits; the same at every call. */
export function testClip(sampleRate: number, channelCount: number): { samples: Float32Array[]; wav: Uint8Array } {
  const frames = Math.round(0.7 * sampleRate);
  let state = 1;
  const noise = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  };
  const samples = Array.from({ length: channelCount }, (_, c) =>
    Float32Array.from({ length: frames }, (_, i) => {
      const value = 0.3 * Math.sin((2 * Math.PI * 220 * (c + 1) * i) / sampleRate) + 0.02 * noise();
      return Math.round(value * 32_768) / 32_768;
    }),
  );
  return { samples, wav: wavFile(samples, { sampleRate, sampleFormat: 'pcm16' }) };
}
