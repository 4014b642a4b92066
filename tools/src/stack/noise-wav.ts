/** A quiet noise, 22,050 Hz, mono, 16 bits (44 kB a second): different bytes for each number. */
export function noiseWav(number: number, seconds = 1): Uint8Array {
  const sampleRate = 22_050;
  const sampleCount = seconds * sampleRate;
  const wav = Buffer.alloc(44 + 2 * sampleCount);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // mono
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(2 * sampleRate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(2 * sampleCount, 40);
  let state = number + 1;
  for (let i = 0; i < sampleCount; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    wav.writeInt16LE(state >> 20, 44 + 2 * i);
  }
  return wav;
}
