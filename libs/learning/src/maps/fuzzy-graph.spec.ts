import { fuzzyGraph, membershipsOf } from './fuzzy-graph.js';

describe('the fuzzy graph', () => {
  it('lets the memberships of a point sum to log2 of its neighbours, the nearest wholly its own', () => {
    const out = new Float32Array(8);
    membershipsOf(Float32Array.from([0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.9]), out);
    expect(out[0]).toBe(1);
    expect(out.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3, 4);
    expect([...out]).toEqual([...out].toSorted((a, b) => b - a));
  });

  it('has each pair once, by both of its memberships', () => {
    const neighbours = { k: 2, index: Int32Array.from([1, 2, 0, 2, 1, 0]), distance: Float32Array.from([1, 2, 1, 1.5, 1.5, 2]) };
    const graph = fuzzyGraph(neighbours);
    const pairs = [...graph.from].map((from, i) => [from, graph.to[i]].sort().join('-'));
    expect(pairs.toSorted()).toEqual(['0-1', '0-2', '1-2']);
    expect(graph.weight[pairs.indexOf('0-1')]).toBe(1); // each is the other's nearest
  });

  it('is finite where all lie at one place', () => {
    const out = new Float32Array(3);
    membershipsOf(new Float32Array(3), out);
    expect([...out]).toEqual([1, 1, 1]);
  });
});
