import { EarshotError } from '@earshot/contracts';
import { openMp3 } from './codecs/mp3.js';
import { openOpus, openVorbis } from './codecs/ogg.js';
import { FlacDecoder } from './flac/flac-decoder.js';
import type { AudioFormat } from './format.js';
import { joined } from './joined.js';
import { NotDecodedHere } from './not-decoded-here.js';
import type { Decoded, DecodeLimits, FileDecoder, OnPcmBlock } from './pcm.js';
import { PcmGate } from './pcm-gate.js';
import { id3TagBytes } from './sniffing/id3.js';
import { sniffBytes, sniffFormat } from './sniffing/sniff.js';
import { WavDecoder } from './wav/wav-decoder.js';

type OpenDecoder = (gate: PcmGate, head: Uint8Array) => FileDecoder | Promise<FileDecoder>;

const decoders: Partial<Record<AudioFormat, OpenDecoder>> = {
  wav: (gate) => new WavDecoder(gate),
  mp3: openMp3,
  flac: (gate) => new FlacDecoder(gate),
  vorbis: openVorbis,
  opus: openOpus,
};

/** Whether `decode` has a decoder of its own for this format. */
export const canDecode = (format: AudioFormat): boolean => decoders[format] !== undefined;

/**
 * Decodes one file to blocks of samples, which `onBlock` receives in order. Memory stays flat however long the file is: a block lasts
 * until `onBlock` returns, and a piece of the file until the next one is asked for.
 *
 * Throws `NotDecodedHere` for audio that needs another decoder, and coded errors for all else: `AUDIO_FORMAT_UNKNOWN` (no audio),
 * `AUDIO_UNREADABLE` (damaged: another decoder may still manage), `AUDIO_OUT_OF_RANGE`, `AUDIO_EMPTY`, `AUDIO_TOO_LONG`.
 */
export async function decode(file: Iterable<Uint8Array>, onBlock: OnPcmBlock, limits: DecodeLimits): Promise<Decoded> {
  const gate = new PcmGate(onBlock, limits);
  const pieces = withoutId3Tag(file);
  const head = takeHead(pieces, sniffBytes);
  const format = sniffFormat(head);
  if (!format) throw new EarshotError('AUDIO_FORMAT_UNKNOWN', `not audio: the file begins with ${asHex(head.subarray(0, 12))}`);
  const open = decoders[format];
  if (!open) throw new NotDecodedHere(format, `${format} is decoded elsewhere`);
  const decoder = await open(gate, head);
  try {
    await decoder.push(head);
    for (const piece of pieces) await decoder.push(piece);
    return await decoder.end();
  } finally {
    decoder.free();
  }
}

/** The file from after its ID3v2 tag on: what stands there tells the format, and no decoder needs the tag. */
function* withoutId3Tag(file: Iterable<Uint8Array>): Generator<Uint8Array, void> {
  const pieces = file[Symbol.iterator]();
  let piece = takeHead(pieces, 10);
  let bytesToSkip = id3TagBytes(piece);
  for (let isMore = true; isMore; ) {
    if (bytesToSkip < piece.length) yield piece.subarray(bytesToSkip);
    bytesToSkip -= Math.min(bytesToSkip, piece.length);
    const next = pieces.next();
    isMore = !next.done;
    if (!next.done) piece = next.value;
  }
}

/** The first `wantedBytes` bytes or more, fewer at the end of the file; nothing is copied when the first piece has them. */
function takeHead(pieces: Iterator<Uint8Array>, wantedBytes: number): Uint8Array {
  const first = pieces.next();
  if (first.done) return new Uint8Array(0);
  let head = first.value;
  while (head.length < wantedBytes) {
    const taken = new Uint8Array(head); // before the next piece comes, perhaps in the same memory
    const next = pieces.next();
    if (next.done) return taken;
    head = joined(taken, next.value);
  }
  return head;
}

const asHex = (bytes: Uint8Array): string =>
  bytes.length > 0 ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ') : 'nothing';
