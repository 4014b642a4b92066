import type { Description } from '@earshot/contracts';
import { functionTable } from './functions.js';

const honest: Description = {
  format: 'wav/pcm16',
  decoder: 'earshot-wav',
  durationSeconds: 1,
  sampleRate: 8_000,
  channels: 1,
  frames: 8_000,
  peak: 0.5,
  rms: 0.25,
  leadingSilenceSeconds: 0,
  trailingSilenceSeconds: 0,
  warnings: [],
  waveform: { lowest: [-127, -1], highest: [0, 127] },
};
const spectrogram = { png: new Uint8Array(4), width: 2, height: 2 };
const extraction = { profile: 'a@1', hash: 'f', shape: [2, 2], columns: ['a', 'b'], values: Float32Array.of(1, -2, 0, 3e38) };
const extracted = (changes: object) => ({
  format: 'mp3',
  decoder: 'd',
  durationSeconds: 1,
  warnings: [],
  extractions: [{ ...extraction, ...changes }],
});

const scored = (changes: object) => {
  const { extractions, ...facts } = extracted({});
  return { ...facts, extraction: extractions[0], isScored: null, probabilities: Float32Array.of(0.25, 0.75), ...changes };
};

describe('what a child sends', () => {
  it('is taken as it is promised, and nothing beside it', () => {
    expect(functionTable.describe.output.parse({ ...honest, more: 'than asked' })).toEqual(honest);
    const drawn = { description: honest, spectrogram };
    expect(functionTable.describeAndDraw.output.parse({ ...drawn, more: 1 })).toEqual(drawn);
    expect(functionTable.extract.output.parse(extracted({ more: 1 }))).toEqual(extracted({}));
    expect(functionTable.scoreClip.output.parse({ ...scored({}), more: 1 })).toEqual(scored({}));
    expect(functionTable.scoreVectors.output.parse(Float32Array.of(0.25, 0.75))).toEqual(Float32Array.of(0.25, 0.75));
  });

  it.each(Object.entries(functionTable))('of %s is refused when it is anything else', (_name, { output }) => {
    for (const lie of [undefined, null, 'a lie', 7, [], {}, new Uint8Array(3), { ...honest, waveform: 'flat' }]) {
      expect(() => output.parse(lie)).toThrow();
    }
  });

  it.each<[string, object]>([
    ['a peak that is no number', { peak: Number.NaN }],
    ['an endless clip', { durationSeconds: Number.POSITIVE_INFINITY }],
    ['half a frame', { frames: 0.5 }],
    ['a format that no row takes', { format: 'wav\0' }],
    ['a book for a decoder', { decoder: 'x'.repeat(101) }],
    ['a level above full scale', { waveform: { lowest: [0], highest: [128] } }],
    ['half a level', { waveform: { lowest: [0.5], highest: [1] } }],
    ['a level in words', { waveform: { lowest: ['0'], highest: [1] } }],
    ['levels that are no array', { waveform: { lowest: new Int8Array(2), highest: [1] } }],
    ['no levels', { waveform: { lowest: [1] } }],
  ])('is refused with %s', (_what, change) => {
    expect(() => functionTable.describe.output.parse({ ...honest, ...change })).toThrow();
    expect(() => functionTable.describeAndDraw.output.parse({ description: { ...honest, ...change }, spectrogram })).toThrow();
  });

  it.each<[string, object]>([
    ['a value that is no number', { values: Float32Array.of(1, Number.NaN, 0, 3) }],
    ['an infinite value', { values: Float32Array.of(1, Number.NEGATIVE_INFINITY, 0, 3) }],
    ['fewer values than its shape has', { values: new Float32Array(3) }],
    ['values of another kind', { values: new Float64Array(4) }],
    ['a shape of nothing', { shape: [0], values: new Float32Array(0) }],
  ])('is refused with %s among the vectors', (_what, change) => {
    expect(() => functionTable.extract.output.parse(extracted(change))).toThrow();
  });

  it.each<[string, object]>([
    ['probabilities that are no numbers', { probabilities: Float32Array.of(Number.NaN) }],
    ['probabilities of another kind', { probabilities: [0.25, 0.75] }],
    ['a vector that has no hash', { extraction: { ...extraction, hash: 7 } }],
    ['windows that are neither scored nor not', { isScored: ['yes'] }],
  ])('is refused with %s among the scores', (_what, change) => {
    expect(() => functionTable.scoreClip.output.parse(scored(change))).toThrow();
  });
});
