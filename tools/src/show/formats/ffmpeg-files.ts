import { spawnSync } from 'node:child_process';

/** Runs ffmpeg; that it is missing is an error with its reason, because half of these checks would be none without it. */
function ffmpeg(args: readonly string[], input?: Uint8Array): Buffer {
  const { error, status, stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args], { input, maxBuffer: 2 ** 30 });
  if (error) throw new Error(`ffmpeg cannot be started; install it (apt install ffmpeg): ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`ffmpeg ${args.join(' ')} failed: ${stderr.toString().trim()}`);
  return stdout;
}

/** Writes the WAV to `path` in the format of its extension. */
export function encodeByFfmpeg(wav: Uint8Array, encode: readonly string[], path: string): void {
  ffmpeg(['-f', 'wav', '-i', 'pipe:0', '-map_metadata', '-1', ...encode, path], wav);
}

/** The samples of a file as ffmpeg decodes it, a channel each. */
export function decodeByFfmpeg(path: string, channelCount: number): Float32Array[] {
  const bytes = Uint8Array.from(ffmpeg(['-i', path, '-map', '0:a:0', '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:1']));
  const values = new Float32Array(bytes.buffer);
  const frames = Math.floor(values.length / channelCount);
  return Array.from({ length: channelCount }, (_, c) => Float32Array.from({ length: frames }, (_, i) => values[i * channelCount + c]!));
}
