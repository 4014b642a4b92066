import { closer, moved, placeOf, whole } from './window-on-map.js';

describe('the window on the map', () => {
  it('has the corners of the map near those of the frame, up being up', () => {
    expect(placeOf({ x: -1, y: 1 }, whole)).toEqual({ left: 0.04, top: 0.04 });
    const { left, top } = placeOf({ x: 1, y: -1 }, whole);
    expect([left, top]).toEqual([expect.closeTo(0.96), expect.closeTo(0.96)]);
  });

  it('comes closer to a place that stays where it is seen', () => {
    const point = { x: 0.4, y: -0.3 };
    const at = placeOf(point, whole);
    const near = closer(whole, 4, at);
    expect(near.scale).toBe(4);
    expect(placeOf(point, near).left).toBeCloseTo(at.left);
    expect(placeOf(point, near).top).toBeCloseTo(at.top);
  });

  it('is never left, and never smaller than the frame', () => {
    const near = closer(whole, 2);
    expect(moved(near, { left: 9, top: -9 })).toEqual({ scale: 2, left: 0, top: -1 });
    expect(closer(near, 0.01)).toEqual({ ...whole, left: expect.closeTo(0), top: expect.closeTo(0) });
    expect(closer(near, 1_000).scale).toBe(32);
  });
});
