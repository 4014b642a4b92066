import { pcmInMemory } from './pcm-source.js';
import { printLikeness, printSketch, sketchShifts, soundPrint, soundPrintRate } from './sound-print.js';

/** Three notes one after the other with overtones, so high and so fast. */
function notes([...hz]: number[], { pitch = 1, seconds = 1, gain = 0.3 } = {}): Int8Array {
  const count = Math.round(seconds * soundPrintRate);
  const samples = Float32Array.from({ length: count }, (_, i) => {
    const f = hz[Math.min(hz.length - 1, Math.floor((i * hz.length) / count))]! * pitch;
    const t = (2 * Math.PI * f * i) / soundPrintRate;
    return gain * (Math.sin(t) + Math.sin(2 * t) / 2 + Math.sin(3 * t) / 3);
  });
  return soundPrint(pcmInMemory(samples, soundPrintRate))!;
}

describe('the print of a sound', () => {
  const one = notes([400, 700, 500]);

  it('is the same however loud it is, and there is none of silence', () => {
    expect(printLikeness(one, notes([400, 700, 500], { gain: 0.01 }))).toBeGreaterThan(0.999);
    expect(soundPrint(pcmInMemory(new Float32Array(8_000), soundPrintRate))).toBeNull();
  });

  it.each([
    ['two semitones higher', { pitch: 2 ** (2 / 12) }],
    ['two semitones lower', { pitch: 2 ** (-2 / 12) }],
    ['a tenth faster', { seconds: 0.9 }],
    ['a tenth slower', { seconds: 1.1 }],
  ])('is alike %s', (_what, change) => expect(printLikeness(one, notes([400, 700, 500], change))).toBeGreaterThan(0.95));

  it('is not alike of other notes', () => {
    expect(printLikeness(one, notes([700, 400, 900]))).toBeLessThan(0.7);
    expect(printLikeness(one, notes([500, 400, 700]))).toBeLessThan(0.7);
  });

  it('has a sketch that is, at one of the shifts, nearly that of its copy', () => {
    const copy = printSketch(notes([400, 700, 500], { pitch: 2 ** (2 / 12) }), 0);
    const cosines = sketchShifts.map((shift) => cosine(printSketch(one, shift), copy));
    expect(Math.max(...cosines)).toBeGreaterThan(0.97);
    expect(cosines[0]).toBeLessThan(0.9);
  });
});

function cosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}
