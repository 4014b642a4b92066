import type { DecodeLimits } from '@earshot/audio';

/** What a file of any size may decode to: an hour of stereo at 44.1 kHz, for digital silence compresses without end. */
const freeBytes = 1.25 * 2 ** 30;

/** What each of its bytes adds. Opus at 6 kbit/s decodes to 256 times its size, and with the free part four hours of it pass. */
const bytesPerByte = 200;

/** What one clip may decode to: four hours, and so much that 50 kB of FLAC cannot keep a processor busy with gigabytes of silence. */
export function decodeLimits(sizeBytes: number): DecodeLimits {
  return { maxSeconds: 14_400, maxDecodedBytes: Math.min(2 ** 34, freeBytes + bytesPerByte * sizeBytes) };
}
