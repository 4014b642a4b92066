import type { PcmBlock } from '../pcm.js';
import { PcmGate } from '../pcm-gate.js';
import { type Codec, CodecDecoder, type CodecOptions } from './codec-decoder.js';
import { EvenPieces } from './pieces.js';

const limits = { maxSeconds: 10, maxDecodedBytes: 1e6 };
const options: CodecOptions = { format: 'mp3', decoder: 'fake', pieces: new EvenPieces(2) };

/** Gives one sample of each of two channels for each byte. */
class FakeCodec implements Codec {
  readonly ready = Promise.resolve();
  readonly pieces: number[] = [];
  isFree = false;

  decode(bytes: Uint8Array) {
    this.pieces.push(bytes.length);
    const values = Float32Array.from(bytes, (byte) => byte / 100);
    const errors = bytes.includes(13) ? [{ message: 'bad luck' }] : [];
    if (bytes.includes(66)) throw new RangeError('out of bounds');
    return { channelData: [values, values.map((value) => -value)], samplesDecoded: bytes.length, sampleRate: 8000, errors };
  }

  free() {
    this.isFree = true;
  }
}

async function decodeAll(codec: Codec, bytes: number[], given = options) {
  const blocks: PcmBlock[] = [];
  const keep = ({ channels, sampleRate }: PcmBlock) => blocks.push({ channels: channels.map((samples) => samples.slice()), sampleRate });
  const decoder = await CodecDecoder.open(codec, new PcmGate(keep, limits), given);
  await decoder.push(Uint8Array.from(bytes));
  return { decoded: await decoder.end(), blocks };
}

describe('a WebAssembly decoder', () => {
  it('is fed in small pieces', async () => {
    const codec = new FakeCodec();
    expect((await decodeAll(codec, [1, 2, 3, 4, 5])).decoded).toEqual({
      format: 'mp3',
      decoder: 'fake',
      sampleRate: 8000,
      channels: 2,
      frames: 5,
    });
    expect(codec.pieces).toEqual([2, 2, 1]);
  });

  it('has its channels put in order', async () => {
    const { blocks } = await decodeAll(new FakeCodec(), [50], { ...options, channelOrder: [1, 0] });
    expect(blocks[0]!.channels).toEqual([Float32Array.of(-0.5), Float32Array.of(0.5)]);
  });

  it('has its samples scaled', async () => {
    const { blocks } = await decodeAll(new FakeCodec(), [50], { ...options, gain: 0.5 });
    expect(blocks[0]!.channels).toEqual([Float32Array.of(0.25), Float32Array.of(-0.25)]);
  });

  it.each([
    ['reports an error', [1, 13]],
    ['throws', [1, 66]],
    ['finds nothing', []],
  ])('makes the file unreadable when it %s', async (_, bytes) => {
    await expect(decodeAll(new FakeCodec(), bytes)).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' });
  });
});
