import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { goldenFolder } from '../../parity/golden.js';

/** 44.1 kHz, two channels, 16 bits. */
const loop = `${goldenFolder}audio/song-44k-stereo.wav`;

export const wavBytesPerSecond = 44_100 * 2 * 2;

/** Has ffmpeg repeat a golden clip for so long, in the format of the file's name. */
export async function writeLoop(path: string, seconds: number, encode: readonly string[]): Promise<void> {
  const args = ['-v', 'error', '-stream_loop', '-1', '-i', loop, '-t', String(seconds), '-map_metadata', '-1', ...encode, path];
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [status]] = await Promise.all([text(ffmpeg.stderr), once(ffmpeg, 'close')]).catch((cause: unknown) => {
    throw new Error('ffmpeg cannot be started; install it (apt install ffmpeg)', { cause });
  });
  if (status !== 0) throw new Error(`ffmpeg ${args.join(' ')} failed: ${said.trim()}`);
}
