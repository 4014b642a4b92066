import { NotDecodedHere } from '../not-decoded-here.js';
import { PcmGate } from '../pcm-gate.js';
import { FlacDecoder } from './flac-decoder.js';
import { constant, fixedOfOrder2, flacFrame, flacHeader, predicted, verbatim } from './flac-file.fixture.js';

const limits = { maxSeconds: 60, maxDecodedBytes: 1e8 };

function read(file: number[], pieceBytes = file.length) {
  const blocks: Float32Array[][] = [];
  const decoder = new FlacDecoder(new PcmGate(({ channels }) => blocks.push(channels.map((samples) => samples.slice())), limits));
  for (let at = 0; at < file.length; at += pieceBytes) decoder.push(Uint8Array.from(file.slice(at, at + pieceBytes)));
  const decoded = decoder.end();
  const samples = Array.from({ length: decoded.channels }, (_, c) => blocks.flatMap((block) => [...block[c]!].map((x) => x * 32_768)));
  return { ...decoded, samples };
}

const wave = Array.from({ length: 200 }, (_, i) => Math.round(9000 * Math.sin(i / 9) + 700 * Math.sin(i * i)));

describe('the FLAC decoder', () => {
  it.each([
    ['constant', constant(-5), new Array<number>(200).fill(-5)],
    ['verbatim', verbatim(wave), wave],
    [
      'verbatim with wasted bits',
      verbatim(
        wave.map((value) => value & ~7),
        16,
        3,
      ),
      wave.map((value) => value & ~7),
    ],
    ['predicted, with short Rice codes', predicted(wave, 12), wave],
    ['predicted, with very long Rice codes', predicted(wave, 2), wave],
    [
      'predicted, with Rice codes of unary digits alone',
      predicted(
        wave.map((value) => value >> 6),
        0,
      ),
      wave.map((value) => value >> 6),
    ],
    ['fixed, with plain residuals', fixedOfOrder2(wave, 16), wave],
  ])('reads a %s subframe', (_, subframe, values) => {
    const file = [...flacHeader(), ...flacFrame(200, 0, subframe)];
    expect(read(file)).toMatchObject({ format: 'flac/pcm16', decoder: 'earshot-flac', sampleRate: 8000, frames: 200, samples: [values] });
  });

  it.each([
    [
      'left and side',
      8,
      verbatim([100, -7]),
      verbatim([-50, 3], 17),
      [
        [100, -7],
        [150, -10],
      ],
    ],
    [
      'side and right',
      9,
      verbatim([-50, 3], 17),
      verbatim([150, -10]),
      [
        [100, -7],
        [150, -10],
      ],
    ],
    [
      'mid and side',
      10,
      verbatim([125, -9]),
      verbatim([-50, 3], 17),
      [
        [100, -7],
        [150, -10],
      ],
    ],
    [
      'left and right',
      1,
      verbatim([100, -7]),
      verbatim([150, -10]),
      [
        [100, -7],
        [150, -10],
      ],
    ],
  ])('reads stereo as %s', (_, code, first, second, samples) => {
    expect(read([...flacHeader({ channels: 2 }), ...flacFrame(2, code, first, second)]).samples).toEqual(samples);
  });

  it.each([1, 3, 17, 100])('gives the same for pieces of %i bytes', (pieceBytes) => {
    const file = [...flacHeader({ totalFrames: 400 }), ...flacFrame(200, 0, predicted(wave, 9)), ...flacFrame(200, 0, verbatim(wave))];
    expect(read(file, pieceBytes).samples).toEqual([[...wave, ...wave]]);
  });

  it('gives the whole frames of a file that was cut short', () => {
    const file = [
      ...flacHeader({ totalFrames: 400 }),
      ...flacFrame(200, 0, verbatim(wave)),
      ...flacFrame(200, 0, verbatim(wave)).slice(0, -9),
    ];
    expect(read(file)).toMatchObject({ frames: 200, isTruncated: true });
  });

  it('leaves out what follows the last frame', () => {
    const tag = new Array<number>(128).fill(0x54);
    expect(read([...flacHeader({ totalFrames: 200 }), ...flacFrame(200, 0, verbatim(wave)), ...tag])).toMatchObject({
      frames: 200,
      isTruncated: false,
    });
  });

  it.each([
    [
      'AUDIO_UNREADABLE',
      'a flipped bit',
      [...flacHeader(), ...flacFrame(200, 0, verbatim(wave)).map((byte, i) => (i === 50 ? byte ^ 4 : byte))],
    ],
    ['AUDIO_UNREADABLE', 'bytes between the frames', [...flacHeader(), ...flacFrame(200, 0, verbatim(wave)), 1, 2, 3, 4, 5, 6, 7, 8]],
    ['AUDIO_UNREADABLE', 'an end in the header', flacHeader().slice(0, 20)],
    ['AUDIO_UNREADABLE', 'an end in the first frame', [...flacHeader(), ...flacFrame(200, 0, verbatim(wave)).slice(0, 40)]],
    ['AUDIO_EMPTY', 'no frame', flacHeader()],
    ['AUDIO_OUT_OF_RANGE', 'a sample rate of 100 Hz', [...flacHeader({ sampleRate: 100 }), ...flacFrame(200, 0, verbatim(wave))]],
    ['AUDIO_TOO_LONG', 'a bomb of silence', [...flacHeader(), ...new Array(10).fill(flacFrame(65_536, 0, constant(0))).flat()]],
  ])('answers %s to %s', (code, _, file) => expect(() => read(file)).toThrow(expect.objectContaining({ code })));

  it('hands samples of 32 bits on', () => {
    const file = [...flacHeader({ bits: 32 }), ...flacFrame(2, 0, verbatim([1, 2], 32))];
    expect(() => read(file)).toThrow(NotDecodedHere);
  });
});
