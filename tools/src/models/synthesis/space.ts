/** Repeats what sounds, each time softer; in place. */
export function echo(samples: Float32Array, delaySamples: number, level: number): void {
  const delay = Math.max(1, Math.round(delaySamples));
  for (let i = delay; i < samples.length; i++) samples[i]! += Math.min(0.8, level) * samples[i - delay]!;
}

/** Lengths of the room's loops, relative to the first: no two of them share their echoes. */
const loops = [1, 1.117, 1.271, 1.423];
const firstLoop = 1310;
const diffusers = [347, 113];

/** Adds a room that fades by 60 dB in `samples60`: four loops with damped highs, then two all-passes (Schroeder); in place. */
export function room(samples: Float32Array, samples60: number, level: number): void {
  const wet = new Float32Array(samples.length);
  for (const ratio of loops) {
    const delay = Math.round(firstLoop * ratio);
    const feedback = 10 ** ((-3 * delay) / Math.max(delay, samples60));
    const loop = new Float32Array(delay);
    let damped = 0;
    for (let i = 0, at = 0; i < samples.length; i++, at = at + 1 === delay ? 0 : at + 1) {
      const out = loop[at]!;
      damped += 0.6 * (out - damped);
      loop[at] = samples[i]! + feedback * damped;
      wet[i]! += out / loops.length;
    }
  }
  for (const delay of diffusers) {
    const line = new Float32Array(delay);
    for (let i = 0, at = 0; i < wet.length; i++, at = at + 1 === delay ? 0 : at + 1) {
      const before = line[at]!;
      line[at] = wet[i]! + 0.6 * before;
      wet[i] = before - 0.6 * line[at]!;
    }
  }
  for (let i = 0; i < samples.length; i++) samples[i]! += level * wet[i]!;
}
