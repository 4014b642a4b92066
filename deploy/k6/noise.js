// Clips for load tests: a second of noise as WAV, mono, 16 bits, 22,050 Hz.

const sampleRate = 22_050;
/** Before the first sample. */
export const wavHeaderBytes = 44;

/** Each number gives a piece of the noise that begins at another sample, up to 16 of them. */
export function noiseWav(number) {
  const wav = new DataView(new ArrayBuffer(wavHeaderBytes + 2 * sampleRate));
  const text = (at, value) => new Uint8Array(wav.buffer).set(bytesOf(value), at);
  text(0, 'RIFF');
  wav.setUint32(4, wav.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, sampleRate, true);
  wav.setUint32(28, 2 * sampleRate, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  text(36, 'data');
  wav.setUint32(40, 2 * sampleRate, true);
  new Int16Array(wav.buffer, wavHeaderBytes).set(noise.subarray(number, number + sampleRate));
  return new Uint8Array(wav.buffer);
}

/** Four samples of at most 15 bits each make a clip unlike every other one; `at` is where its samples begin. */
export function makeUnique(view, at, seed, caller, iteration) {
  view.setInt16(at, seed % 32_000, true);
  view.setInt16(at + 2, (seed / 32_000) | 0, true);
  view.setInt16(at + 4, caller, true);
  view.setInt16(at + 6, iteration % 32_000, true);
}

export function bytesOf(text) {
  return [...text].map((letter) => letter.charCodeAt(0));
}

/** Made once by each caller before the load: a second of it costs k6 as much as several requests. */
const noise = whiteNoise(sampleRate + 16);

function whiteNoise(length) {
  const samples = new Int16Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = state >> 20;
  }
  return samples;
}
