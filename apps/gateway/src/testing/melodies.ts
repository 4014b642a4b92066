/** Numbers from 0 to 1, the same for the same seed (mulberry32's constants are not needed: a linear congruence is random enough here). */
function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const melodyRate = 16_000;

/** Somebody who sings: one and a half seconds of five notes with overtones, vibrato and pauses; every seed sings something else. */
export function melody(seed: number): Float32Array {
  const random = numbers(seed);
  for (let i = 0; i < 10; i++) random();
  const out = new Float32Array(1.5 * melodyRate);
  let at = 0;
  while (at < out.length) {
    const length = Math.min(out.length - at, Math.round((0.12 + 0.3 * random()) * melodyRate));
    const hz = 150 * 2 ** (random() * 2);
    const [vibratoHz, depth] = [4 + 4 * random(), 0.02 * random()];
    const strengths = Array.from({ length: 12 }, (_, n) => random() / (n + 1));
    let phase = 0;
    for (let i = 0; i < length; i++) {
      phase += (2 * Math.PI * hz * (1 + depth * Math.sin((2 * Math.PI * vibratoHz * i) / melodyRate))) / melodyRate;
      const swell = Math.sin((Math.PI * i) / length) ** 0.5;
      out[at + i] = 0.2 * swell * strengths.reduce((sum, strength, n) => sum + strength * Math.sin((n + 1) * phase), 0);
    }
    at += length + Math.round(0.05 * random() * melodyRate);
  }
  return out;
}
