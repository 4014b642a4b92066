import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Decoded, type DecodeLimits, type OnPcmBlock, openWavDecoder } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';

/** The program is not there, or cannot be started. */
export class FfmpegMissing extends Error {}

// Without the whitelists a playlist named .mp3 makes ffmpeg read other files, or fetch URLs. No -t: it cuts by timestamp, and
// made 0.26 s of a valid FLAC of 25.7 s. No pipe:0: it loses the gapless trimming of MP3.
const inputOptions =
  '-nostdin -hide_banner -v error -max_alloc 268435456 -threads 1 -protocol_whitelist file -format_whitelist wav,mp3,flac,ogg,mov,aac,matroska,aiff,asf,caf,amr,ac3,wv';
// A WAV says its rate and channels, bare samples would not.
const outputOptions = '-map 0:a:0 -vn -sn -dn -c:a pcm_f32le -f wav';

/**
 * Decodes a file by ffmpeg, which reads it under a plain name in a private folder. What counts is the samples that come out:
 * ffmpeg exits with 0 and no output for some broken files, and with an error after all the samples for others.
 */
export async function decodeByFfmpeg(
  path: string,
  onBlock: OnPcmBlock,
  limits: DecodeLimits,
  workingFolder: string,
  program = 'ffmpeg',
): Promise<Decoded> {
  const link = join(workingFolder, 'clip');
  symlinkSync(resolve(path), link);
  const decoder = openWavDecoder(onBlock, limits);
  let writtenBytes = 0;
  const sink = new Writable({
    async write(bytes: Uint8Array, _encoding, done) {
      try {
        writtenBytes += bytes.length;
        await decoder.push(bytes);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  try {
    await pipeThrough(program, `file:${link}`, sink);
    if (writtenBytes === 0) throw new EarshotError('AUDIO_UNREADABLE', 'ffmpeg found no audio in it that it could decode');
    return { ...(await decoder.end()), decoder: 'ffmpeg' };
  } finally {
    decoder.free();
  }
}

/**
 * Resolves when everything was written; an error of the sink, as at a limit, kills ffmpeg. Once it runs, what it exits with says nothing,
 * and the end of its output is the end. ffmpeg belongs to the child's process group.
 */
async function pipeThrough(program: string, input: string, sink: Writable): Promise<void> {
  const args = [...inputOptions.split(' '), '-i', input, ...outputOptions.split(' '), 'pipe:1'];
  const ffmpeg = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(ffmpeg, 'spawn').catch((cause: unknown) => {
      throw new FfmpegMissing(String(cause), { cause });
    });
    await pipeline(ffmpeg.stdout, sink);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
}
