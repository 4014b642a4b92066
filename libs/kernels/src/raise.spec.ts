import { noise, owner, placed } from './quads.fixture.js';

const { run, arena } = owner;

describe('raising to a floor', () => {
  it('leaves what is above', () => {
    const values = noise(64, 1);
    const out = arena.keep(4 * values.length);
    run.raise(placed(values), values.length, -0.25, out);
    expect(arena.f32(out, values.length)).toEqual(values.map((value) => Math.max(-0.25, value)));
  });
});
