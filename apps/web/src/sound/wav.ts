/** One channel of samples from −1 to 1 as a WAV file of 16 bits. */
export function wavOf(blocks: readonly Float32Array[], sampleRate: number): Blob {
  const sampleCount = blocks.reduce((sum, { length }) => sum + length, 0);
  const bytes = new DataView(new ArrayBuffer(44 + 2 * sampleCount));
  const text = (at: number, letters: string) => {
    for (let i = 0; i < letters.length; i++) bytes.setUint8(at + i, letters.charCodeAt(i));
  };
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + 2 * sampleCount, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); // PCM
  bytes.setUint16(22, 1, true); // channels
  bytes.setUint32(24, sampleRate, true);
  bytes.setUint32(28, 2 * sampleRate, true); // bytes a second
  bytes.setUint16(32, 2, true); // bytes of a sample
  bytes.setUint16(34, 16, true); // bits of a sample
  text(36, 'data');
  bytes.setUint32(40, 2 * sampleCount, true);
  let at = 44;
  for (const block of blocks) {
    for (const sample of block) {
      bytes.setInt16(at, Math.round(32_767 * Math.max(-1, Math.min(1, sample))), true);
      at += 2;
    }
  }
  return new Blob([bytes], { type: 'audio/wav' });
}
