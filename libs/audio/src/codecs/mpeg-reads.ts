import type { MPEGDecoder } from 'mpg123-decoder';
import type { CodecOutput } from './codec-decoder.js';
import { GatheredSamples } from './gathered-samples.js';

/** What the package has inside, and does not speak of: one instance of mpg123 with its memory. */
interface Mpg123 {
  decode(bytes: Uint8Array): CodecOutput;
  _decoder: number;
  _input: { ptr: number; len: number; buf: Uint8Array };
  /** Room for what one read gives: the left channel, and the right one behind it. */
  _output: { ptr: number; len: number; buf: Float32Array };
  _samplesDecodedPtr: { ptr: number; buf: Uint32Array };
  _sampleRatePtr: { ptr: number; buf: Uint32Array };
  _errorStringPtr: { ptr: number; buf: Uint32Array };
  _common: {
    wasm: {
      mpeg_decoder_feed(decoder: number, bytes: number, byteCount: number): number;
      mpeg_decoder_read(
        decoder: number,
        output: number,
        outputValues: number,
        samplesDecoded: number,
        sampleRate: number,
        errorText: number,
      ): number;
    };
    codeToString(address: number): string;
  };
}

const needMore = -10;
const newFormat = -11;

/**
 * Lets the decoder gather the samples of its reads in memory that it uses again, where by itself it copies them twice into new arrays.
 * To be called when it is ready.
 */
export function gatherReads(decoder: MPEGDecoder): void {
  const inside: unknown = decoder;
  if (!isMpg123(inside)) throw new TypeError('mpg123-decoder is built in another way than 1.0.3');
  const gathered = new GatheredSamples();
  inside.decode = (bytes) => {
    gathered.clear();
    for (let at = 0; at < bytes.length; at += inside._input.len) {
      const error = readAll(inside, bytes.subarray(at, at + inside._input.len), gathered);
      if (error !== null) return outputOf(inside, gathered, [{ message: error }]);
    }
    return outputOf(inside, gathered, []);
  };
}

/** Answers mpg123's words when something is wrong. */
function readAll(inside: Mpg123, bytes: Uint8Array, gathered: GatheredSamples): string | null {
  const { _decoder, _input, _output, _samplesDecodedPtr, _sampleRatePtr, _errorStringPtr } = inside;
  const { wasm, codeToString } = inside._common;
  _input.buf.set(bytes);
  if (wasm.mpeg_decoder_feed(_decoder, _input.ptr, bytes.length) === needMore) return null;
  for (;;) {
    _samplesDecodedPtr.buf[0] = 0;
    const code = wasm.mpeg_decoder_read(
      _decoder,
      _output.ptr,
      _output.len,
      _samplesDecodedPtr.ptr,
      _sampleRatePtr.ptr,
      _errorStringPtr.ptr,
    );
    const frameCount = _samplesDecodedPtr.buf[0];
    if (frameCount > 0) gathered.add([_output.buf.subarray(0, frameCount), _output.buf.subarray(frameCount, 2 * frameCount)]);
    if (code === needMore) return null;
    if (code !== 0 && code !== newFormat) return `${code} ${codeToString(_errorStringPtr.buf[0]!)}`;
  }
}

function outputOf({ _sampleRatePtr }: Mpg123, gathered: GatheredSamples, errors: CodecOutput['errors']): CodecOutput {
  return { channelData: gathered.channels(), samplesDecoded: gathered.length, sampleRate: _sampleRatePtr.buf[0]!, errors };
}

const partNames = ['decode', '_input', '_output', '_samplesDecodedPtr', '_sampleRatePtr', '_errorStringPtr', '_common'];

function isMpg123(value: unknown): value is Mpg123 {
  return typeof value === 'object' && value !== null && partNames.every((name) => name in value);
}
