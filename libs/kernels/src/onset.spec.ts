import { onsetTwin } from './onset.twin.js';
import { deviation, noise, owner, placedQuads } from './quads.fixture.js';

const { run, arena } = owner;
const bands = 128;

/** Frames whose rises are many, few, exactly half of the bands, equal, and none. */
const frames = [1, 2, 3, 4].map((seed) => noise(bands, seed).map((value) => 40 * value));
frames.push(
  frames[3]!.map((value, b) => value + (b % 2 === 0 ? 1 + b : -1)),
  frames[3]!.map((value) => value + 200),
  frames[3]!.map((value) => value + 203),
  frames[3]!.map((value) => value - 200),
);

describe.each(['median', 'mean'] as const)('onset strength by the %s', (aggregate) => {
  it('equals its twin', () => {
    const quads = placedQuads(frames);
    const out = arena.keep(32);
    run.quadOnset(quads, 2, bands, -30, quads, aggregate === 'median', arena.keep(16 * bands), out);
    const twins = frames.slice(1).map((frame, t) => onsetTwin(frame, frames[t]!, -30, aggregate));
    expect(twins.filter((value) => value > 0).length).toBeGreaterThanOrEqual(3);
    expect(deviation(arena.f32(out + 4, 7), twins)).toBeLessThan(1e-6);
  });
});
