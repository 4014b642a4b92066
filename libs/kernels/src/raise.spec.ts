import { noise, owner, placed } from './quads.fixture.js';
import { raiseTwin } from './raise.twin.js';

const { run, arena } = owner;

describe('raising to a floor', () => {
  it('is what its twin does', () => {
    const values = noise(64, 1);
    const out = arena.keep(4 * values.length);
    run.raise(placed(values), values.length, -0.25, out);
    expect(arena.f32(out, values.length)).toEqual(raiseTwin(values, -0.25));
  });
});
