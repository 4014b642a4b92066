// The only file that knows fluent-ffmpeg, which nobody maintains any more: it starts the program and pipes, with fixed options.
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { type Decoded, type DecodeLimits, type OnPcmBlock, openWavDecoder } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import ffmpeg from 'fluent-ffmpeg';

/** The program is not there, or is not one that can do what is asked. */
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
export async function decodeByFfmpeg(path: string, onBlock: OnPcmBlock, limits: DecodeLimits, workingFolder: string): Promise<Decoded> {
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
    await pipeThroughFfmpeg(`file:${link}`, sink);
    if (writtenBytes === 0) throw new EarshotError('AUDIO_UNREADABLE', 'ffmpeg found no audio in it that it could decode');
    return { ...(await decoder.end()), decoder: 'ffmpeg' };
  } finally {
    decoder.free();
  }
}

/** Resolves when everything was written; an error of the sink, as at a limit, kills ffmpeg. ffmpeg belongs to the child's process group. */
function pipeThroughFfmpeg(input: string, sink: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    let hasStarted = false;
    sink.once('finish', resolve).once('error', reject);
    withoutProbes(ffmpeg(input))
      .inputOptions(inputOptions.split(' '))
      .outputOptions(outputOptions.split(' '))
      .once('start', () => {
        hasStarted = true;
      })
      .once('error', (error: Error) => {
        // Once it runs, what it exits with says nothing, and the end of its output ends the sink.
        if (!hasStarted || !/exited with code|killed with signal/.test(error.message))
          reject(new FfmpegMissing(error.message, { cause: error }));
      })
      .pipe(sink);
  });
}

/**
 * Before its first command a process would run `ffmpeg -formats` and `ffmpeg -encoders`, two more starts of a program that links 200
 * libraries. What is asked of ffmpeg here, every build of it can do; whether there is one is all that has to be known.
 */
function withoutProbes(command: ffmpeg.FfmpegCommand): ffmpeg.FfmpegCommand {
  return Object.assign(command, {
    availableFormats(this: PathFinder, answer: Answer) {
      this._getFfmpegPath((error, path) => answer(error ?? (path ? null : new Error('Cannot find ffmpeg')), { wav: { canMux: true } }));
    },
    availableEncoders: (answer: Answer) => answer(null, {}),
  });
}

type Answer = (error: Error | null, known: object) => void;

interface PathFinder {
  /** `path` is empty when there is none. */
  _getFfmpegPath(found: (error: Error | null, path: string) => void): void;
}
