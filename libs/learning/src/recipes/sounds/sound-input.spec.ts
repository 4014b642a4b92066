import { Random } from '../../random.js';
import { heardFrames, pieceOf, soundInput } from './sound-input.js';

const bands = 4;

/** A spectrogram in dB, [bands, frames]: a sound of falling level in the second band until `end`, −90 dB elsewhere. */
function spectrogram(frames: number, end: number): Float32Array {
  const row = new Float32Array(bands * frames).fill(-90);
  for (let t = 0; t < end; t++) row[frames + t] = -10 - t;
  return row;
}

describe('what the network of sounds hears', () => {
  it('is turned to frames of bands, 0 to 80 dB below the loudest being 2 to −2', () => {
    const input = soundInput(spectrogram(40, 40), bands);
    expect([...input.subarray(0, 8)]).toEqual([-2, 2, -2, -2, -2, expect.closeTo(1.95, 6), -2, -2]);
  });

  it('does not depend on how loud the clip is', () => {
    const louder = spectrogram(40, 30).map((level) => level + 12);
    expect(soundInput(louder, bands)).toEqual(soundInput(spectrogram(40, 30), bands));
  });

  it.each([
    [40, 40],
    [13, 16],
    [16, 16],
    [1, 8],
    [0, 40],
    [39, 40],
  ])('of a clip whose last sound ends after %i of 40 frames is %i of them', (end, expected) => {
    expect(heardFrames(spectrogram(40, end), bands)).toBe(expected);
  });

  it('is a short clip again and again', () => {
    const input = soundInput(spectrogram(40, 13), bands);
    const frame = (t: number) => input.subarray(t * bands, (t + 1) * bands);
    for (let t = 0; t < 24; t++) expect(frame(t + 16)).toEqual(frame(t));
    expect(frame(14)).toEqual(Float32Array.of(-2, -2, -2, -2));
  });

  it('is learned in pieces in which something is heard, each by what draws it', () => {
    const late = new Float32Array(bands * 200).fill(-90);
    late.fill(-20, 190, 200);
    const input = soundInput(late, bands);
    const pieces = Array.from({ length: 200 }, (_, i) => pieceOf(input, bands, 96, new Random(1, 'piece', i)));
    const heard = pieces.filter((piece) => piece.some((level) => level === 2)).length;
    expect(pieces.every(({ length }) => length === 96 * bands)).toBe(true);
    expect(heard).toBeGreaterThan(40); // of one draw alone: 20 of 200
    expect(pieceOf(input, bands, 96, new Random(1, 'piece', 5))).toEqual(pieces[5]);
  });
});
