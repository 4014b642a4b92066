import { statSync } from 'node:fs';
import { type Decoded, decode, NotDecodedHere, type OnPcmBlock, sniffFormat } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import type { FunctionContext } from '../pool/function-table.js';
import { decodeLimits } from './decode-limits.js';
import { decodeByFfmpeg, FfmpegMissing } from './ffmpeg.js';
import { readInPieces } from './read-in-pieces.js';

/** Takes the blocks of one attempt at decoding; the arrays are the decoder's, which writes its next block into them. */
export interface BlockReceiver {
  add(channels: readonly Float32Array[], sampleRate: number): void;
  /** Gives back what it holds: called when the attempt fails. */
  close?(): void;
}

interface Attempt<Receiver> {
  decoded: Decoded;
  receiver: Receiver;
}

/**
 * Decodes a clip by our own decoders, or by ffmpeg when they cannot or when they failed. The format was known by its content before
 * either begins. A failed attempt may have passed on blocks already, so each attempt gets a receiver of its own.
 */
export async function decodeClip<Receiver extends BlockReceiver>(
  path: string,
  newReceiver: () => Receiver,
  { ffmpeg }: Pick<FunctionContext, 'ffmpeg'>,
): Promise<Attempt<Receiver>> {
  try {
    return await attempt(newReceiver, (onBlock) => decodeHere(path, onBlock));
  } catch (error) {
    if (!mayTryAnother(error)) throw error;
    try {
      const { decoded, receiver } = await attempt(newReceiver, (onBlock) => decodeByFfmpeg(path, onBlock, limitsOf(path), ffmpeg));
      return { decoded: { ...decoded, format: formatOf(path) }, receiver };
    } catch (second) {
      throw tellingError(error, second);
    }
  }
}

async function attempt<Receiver extends BlockReceiver>(
  newReceiver: () => Receiver,
  run: (onBlock: OnPcmBlock) => Promise<Decoded>,
): Promise<Attempt<Receiver>> {
  const receiver = newReceiver();
  try {
    const decoded = await run(({ channels, sampleRate }) => receiver.add(channels, sampleRate));
    return { decoded, receiver };
  } catch (error) {
    receiver.close?.();
    throw error;
  }
}

async function decodeHere(path: string, onBlock: OnPcmBlock): Promise<Decoded> {
  const pieces = readInPieces(path);
  try {
    return await decode(pieces, onBlock, limitsOf(path));
  } finally {
    pieces.return(); // closes the file, also when the decoder stopped early
  }
}

const limitsOf = (path: string) => decodeLimits(statSync(path).size);

/** Whether the decoder is to blame, and not the file's format, its limits or the disk. */
function mayTryAnother(error: unknown): boolean {
  if (error instanceof EarshotError) return error instanceof NotDecodedHere || error.code === 'AUDIO_UNREADABLE';
  return !(error instanceof Error && 'syscall' in error);
}

function formatOf(path: string): string {
  const pieces = readInPieces(path);
  try {
    return sniffFormat(pieces.next().value ?? new Uint8Array(0)) ?? 'unknown';
  } finally {
    pieces.return();
  }
}

/** Of two failures, the one that tells more about the file. */
function tellingError(ours: unknown, second: unknown): unknown {
  const isMissing = second instanceof FfmpegMissing;
  if (ours instanceof NotDecodedHere) {
    return isMissing
      ? new EarshotError('AUDIO_FORMAT_UNKNOWN', `${ours.format} is decoded by ffmpeg, which is not installed here`)
      : second;
  }
  const isSame = second instanceof EarshotError && second.code === 'AUDIO_UNREADABLE';
  if (!isMissing && !isSame) return second;
  return ours instanceof EarshotError ? ours : new EarshotError('AUDIO_UNREADABLE', 'no decoder could read it', { cause: ours });
}
