import { genres, parts } from './genres.js';
import { libraryLoops, oddities } from './loops.js';
import { lengthOf, notes } from './pattern.js';

describe('a pattern', () => {
  it('has a note for each sign that is no rest, a sixteenth apart, louder and softer', () => {
    const found = notes('X.xo', 150);
    expect(found.map(({ at }) => at)).toEqual([0, 0.2, 0.30000000000000004]);
    expect(found.map(({ gain }) => gain)).toEqual([1, 0.75, 0.35]);
    expect(lengthOf('X.xo', 150)).toBeCloseTo(0.4);
  });
  it('takes its pitches from the melody in turn', () =>
    expect(notes('xxx', 120, { melody: [0, 7] }).map(({ semitones }) => semitones)).toEqual([0, 7, 0]));
  it('swings every second sixteenth', () => expect(notes('xx', 150, { swing: 0.5 })[1]!.at).toBeCloseTo(0.15));
});

describe('the loops of the demonstration library', () => {
  const loops = [...libraryLoops(7)];

  it('are twenty of each of six genres, under names of their own', () => {
    expect(new Set(loops.map(({ name }) => name)).size).toBe(120);
    for (const { name } of genres) expect(loops.filter(({ genre }) => genre === name).length).toBe(20);
    expect(loops.every(({ genre, name }) => name.startsWith(`${genre}-`) && parts.some((part) => name.endsWith(`_${part}`)))).toBe(true);
  });

  it('begin all their notes before they end, and last some two seconds', () => {
    for (const { plan } of loops) {
      expect(plan.seconds).toBeGreaterThan(1.5);
      expect(plan.seconds).toBeLessThan(2.9);
      expect(plan.layers.every(({ notes }) => notes.length > 0 && notes.every(({ at }) => at < plan.seconds))).toBe(true);
    }
  });

  it('have the oddities that are told', () => {
    const names = loops.map(({ name }) => name);
    expect(Object.keys(oddities).every((name) => names.includes(name))).toBe(true);
    const cut = loops.find(({ name }) => oddities[name] === 'cut off after 25 ms')!.render();
    expect(cut.length).toBe(Math.round(0.025 * 44_100));
  });

  it('are the same again for the same seed, and others for another', () => {
    expect([...libraryLoops(7)].map(({ plan }) => plan)).toEqual(loops.map(({ plan }) => plan));
    expect([...libraryLoops(8)].map(({ plan }) => plan)).not.toEqual(loops.map(({ plan }) => plan));
  });
});
