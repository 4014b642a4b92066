import { PcmGate } from '../pcm-gate.js';
import { WavDecoder } from './wav-decoder.js';

const text = (value: string): number[] => Array.from(value, (letter) => letter.charCodeAt(0));
const u16 = (value: number): number[] => [value & 255, value >> 8];
const u32 = (value: number): number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
const chunk = (id: string, body: number[], sizeBytes = body.length): number[] => [...text(id), ...u32(sizeBytes), ...body];
const riff = (...chunks: number[][]): number[] => [...text('RIFF'), ...u32(0), ...text('WAVE'), ...chunks.flat()];
const fmt = ({ tag = 1, channels = 1, sampleRate = 8000, bits = 16, align = 0 } = {}): number[] =>
  chunk('fmt ', [...u16(tag), ...u16(channels), ...u32(sampleRate), ...u32(0), ...u16(align || (channels * bits) / 8), ...u16(bits)]);
const bytesOf = (values: Float32Array | Float64Array): number[] => [...new Uint8Array(values.buffer)];
const half = u16(16_384);
const limits = { maxSeconds: 10, maxDecodedBytes: 1e6 };

function read(file: number[], pieceBytes = file.length, given = limits) {
  const blocks: Float32Array[][] = [];
  const decoder = new WavDecoder(new PcmGate(({ channels }) => blocks.push(channels.map((samples) => samples.slice())), given));
  for (let at = 0; at < file.length; at += pieceBytes) decoder.push(Uint8Array.from(file.slice(at, at + pieceBytes)));
  const decoded = decoder.end();
  const channels = Array.from({ length: decoded.channels }, (_, c) => blocks.flatMap((block) => [...block[c]!]));
  return { ...decoded, samples: channels };
}

describe('the WAV decoder', () => {
  it.each([
    ['wav/pcm8', fmt({ bits: 8 }), [0, 128, 192], [-1, 0, 0.5]],
    ['wav/pcm16', fmt(), [...u16(0x8000), ...half], [-1, 0.5]],
    ['wav/pcm24', fmt({ bits: 24 }), [0, 0, 0x80, 0, 0, 0x40], [-1, 0.5]],
    ['wav/pcm32', fmt({ bits: 32 }), [...u32(0x80000000), ...u32(0x40000000)], [-1, 0.5]],
    ['wav/pcm32', fmt({ bits: 24, align: 4 }), [...u32(0x80000000), ...u32(0x40000000)], [-1, 0.5]],
    ['wav/float32', fmt({ tag: 3, bits: 32 }), bytesOf(Float32Array.of(0.25, -1.5)), [0.25, -1.5]],
    ['wav/float64', fmt({ tag: 3, bits: 64 }), bytesOf(Float64Array.of(0.25, -1.5)), [0.25, -1.5]],
    ['wav/alaw', fmt({ tag: 6, bits: 8 }), [0xd5, 0x55, 0xaa], [8 / 32_768, -8 / 32_768, 32_256 / 32_768]],
    ['wav/ulaw', fmt({ tag: 7, bits: 8 }), [0xff, 0x00, 0x80], [0, -32_124 / 32_768, 32_124 / 32_768]],
  ])('reads %s', (format, header, data, samples) => {
    expect(read(riff(header, chunk('data', data)))).toMatchObject({
      format,
      decoder: 'earshot-wav',
      sampleRate: 8000,
      frames: samples.length,
      samples: [samples],
    });
  });

  it('reads the true format of EXTENSIBLE', () => {
    const guid = [...u16(3), ...new Array<number>(14).fill(0)];
    const body = [...u16(0xfffe), ...u16(1), ...u32(8000), ...u32(0), ...u16(4), ...u16(32), ...u16(22), ...u16(32), ...u32(4), ...guid];
    expect(read(riff(chunk('fmt ', body), chunk('data', bytesOf(Float32Array.of(0.5))))).format).toBe('wav/float32');
  });

  it.each([1, 2, 3, 5, 7, 44, 45])('gives the same for pieces of %i bytes', (pieceBytes) => {
    const file = riff(
      chunk('LIST', [1, 2, 3, 4, 5, 0]),
      fmt({ channels: 2 }),
      chunk('data', [...half, ...u16(0), ...half, ...u16(0x8000)]),
    );
    expect(read(file, pieceBytes).samples).toEqual([
      [0.5, 0.5],
      [0, -1],
    ]);
  });

  it.each([999, 16_383, 16_385, 50_001])('gives the same for many blocks in pieces of %i bytes', (pieceBytes) => {
    const values = Array.from({ length: 10_000 }, (_, i) => i);
    const file = riff(
      fmt({ channels: 2 }),
      chunk(
        'data',
        values.flatMap((value) => [...u16(value), ...u16(2 * value)]),
      ),
    );
    expect(read(file, pieceBytes).samples).toEqual([values.map((value) => value / 32_768), values.map((value) => value / 16_384)]);
  });

  it.each([
    ['0', chunk('data', [...half, ...half], 0)],
    ['0xFFFFFFFF', chunk('data', [...half, ...half], 0xffffffff)],
    ['more than the file', chunk('data', [...half, ...half], 5000)],
    ['more than the file, which ends inside a sample', chunk('data', [...half, ...half, 7], 5000)],
  ])('reads to the end of the file when the data chunk claims %s', (_, data) => {
    expect(read(riff(fmt(), data)).samples).toEqual([[0.5, 0.5]]);
  });

  it.each<[string, number[], boolean]>([
    ['a data chunk that ends early', chunk('data', half, 400), true],
    ['half a frame at the end', chunk('data', [...half, 1]), false],
    ['a size that was never finished', chunk('data', half, 0xffffffff), false],
    ['a whole file', chunk('data', half), false],
  ])('says of %s whether something is missing', (_what, data, isTruncated) =>
    expect(read(riff(fmt(), data))).toMatchObject({ frames: 1, isTruncated }),
  );

  it('leaves out what follows the data', () =>
    expect(read(riff(fmt(), chunk('data', half), chunk('LIST', [...half, ...half]))).frames).toBe(1));
  it('skips an odd chunk with its padding byte', () =>
    expect(read(riff(chunk('junk', [1, 0], 1), fmt(), chunk('data', half))).frames).toBe(1));
  it('skips an odd chunk whose padding byte was forgotten', () =>
    expect(read(riff(chunk('junk', [1]), fmt(), chunk('data', half))).frames).toBe(1));
  it('reads the long size of RF64', () => {
    const ds64 = chunk('ds64', [...u32(0), ...u32(0), ...u32(2), ...u32(0), ...u32(1), ...u32(0)]);
    const file = [
      ...text('RF64'),
      ...u32(0xffffffff),
      ...text('WAVE'),
      ...ds64,
      ...fmt(),
      ...chunk('data', [...half, ...half], 0xffffffff),
    ];
    expect(read(file).frames).toBe(1);
  });

  it.each([
    ['AUDIO_UNREADABLE', 'data before fmt', riff(chunk('data', half), fmt())],
    ['AUDIO_UNREADABLE', 'an end before fmt', riff(chunk('LIST', [1, 2]))],
    ['AUDIO_UNREADABLE', 'a fmt chunk that is too short', riff(chunk('fmt ', [1, 0]), chunk('data', half))],
    ['AUDIO_UNREADABLE', 'samples of 0 bits', riff(fmt({ bits: 0 }), chunk('data', half))],
    ['AUDIO_UNREADABLE', 'samples of 80 bits', riff(fmt({ bits: 80 }), chunk('data', half))],
    [
      'AUDIO_UNREADABLE',
      'a sample that is not a number',
      riff(fmt({ tag: 3, bits: 32 }), chunk('data', bytesOf(Float32Array.of(0, Number.NaN)))),
    ],
    ['AUDIO_UNREADABLE', 'an infinite sample', riff(fmt({ tag: 3, bits: 64 }), chunk('data', bytesOf(Float64Array.of(1e300))))],
    ['AUDIO_OUT_OF_RANGE', 'no channels', riff(fmt({ channels: 0 }), chunk('data', half))],
    ['AUDIO_OUT_OF_RANGE', '33 channels', riff(fmt({ channels: 33 }), chunk('data', half))],
    ['AUDIO_OUT_OF_RANGE', 'a sample rate of 1 Hz', riff(fmt({ sampleRate: 1 }), chunk('data', half))],
    ['AUDIO_OUT_OF_RANGE', 'a sample rate of 768001 Hz', riff(fmt({ sampleRate: 768_001 }), chunk('data', half))],
    ['AUDIO_EMPTY', 'no data chunk', riff(fmt())],
    ['AUDIO_EMPTY', 'an empty data chunk', riff(fmt(), chunk('data', []))],
    ['AUDIO_EMPTY', 'an empty data chunk before tags', riff(fmt(), chunk('data', []), chunk('LIST', [...half, ...half]))],
    ['AUDIO_EMPTY', 'half a sample', riff(fmt(), chunk('data', [1]))],
    ['AUDIO_FORMAT_UNKNOWN', 'a codec that is not ours', riff(fmt({ tag: 0x55 }), chunk('data', half))],
  ])('answers %s to %s', (code, _, file) => expect(() => read(file)).toThrow(expect.objectContaining({ code })));

  it.each([
    ['seconds', { ...limits, maxSeconds: 1 }],
    ['bytes', { ...limits, maxDecodedBytes: 32_000 }],
  ])('stops past the limit of %s', (_, given) => {
    const second = new Array<number>(16_000).fill(0);
    expect(read(riff(fmt(), chunk('data', second)), 4000, given).frames).toBe(8000);
    expect(() => read(riff(fmt(), chunk('data', [...second, 0, 0])), 4000, given)).toThrow(
      expect.objectContaining({ code: 'AUDIO_TOO_LONG' }),
    );
  });
});
