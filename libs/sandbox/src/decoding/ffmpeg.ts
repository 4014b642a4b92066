import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Decoded, type DecodeLimits, type OnPcmBlock, openWavDecoder } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import type { FunctionContext } from '../pool/function-table.js';
import { missingMark } from './ffmpeg-script.js';

/** The program is not there, or is not one that can be run. */
export class FfmpegMissing extends Error {}

/**
 * Decodes a file by ffmpeg. What counts is the samples that come out: it exits with 0 and no output for some broken files, and with an
 * error after all the samples for others. An error here, as at a limit, closes the pipe, at which ffmpeg ends.
 */
export async function decodeByFfmpeg(
  path: string,
  onBlock: OnPcmBlock,
  limits: DecodeLimits,
  ffmpeg: FunctionContext['ffmpeg'],
): Promise<Decoded> {
  const decoder = openWavDecoder(onBlock, limits);
  let writtenBytes = 0;
  const sink = new Writable({
    async write(bytes: Uint8Array, _encoding, done) {
      try {
        if (writtenBytes === 0 && isMissing(bytes)) throw new FfmpegMissing('ffmpeg cannot be run');
        writtenBytes += bytes.length;
        await decoder.push(bytes);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  try {
    await pipeline(await ffmpeg(path), sink);
    if (writtenBytes === 0) throw new EarshotError('AUDIO_UNREADABLE', 'ffmpeg found no audio in it that it could decode');
    return { ...(await decoder.end()), decoder: 'ffmpeg' };
  } finally {
    decoder.free();
  }
}

/** A WAV begins otherwise. */
const isMissing = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString('latin1') === missingMark;
