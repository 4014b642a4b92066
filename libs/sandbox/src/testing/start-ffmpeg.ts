import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { ffmpegScript } from '../decoding/ffmpeg-script.js';

/** As the starter of a child does it, without its child. */
export async function startFfmpeg(path: string): Promise<Readable> {
  return spawn('/bin/sh', ['-c', ffmpegScript('"$1"'), 'sh', path], { env: process.env, stdio: ['ignore', 'pipe', 'ignore'] }).stdout;
}
