import { wavFile } from '@earshot/audio';

/** One second at 8 kHz; every frequency gives other bytes. */
export function tone(hz: number): Uint8Array<ArrayBuffer> {
  const samples = Float32Array.from({ length: 8_000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / 8_000));
  return Uint8Array.from(wavFile([samples], { sampleRate: 8_000 }));
}

/** The beginning of a WAV file, so that it is taken for one, and then nothing that makes sense, up to `sizeBytes`. */
export function wavOfSize(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  bytes.set(tone(1).subarray(0, 44));
  for (let i = 44; i < sizeBytes; i += 7) bytes[i] = i;
  return bytes;
}
