import { MemorySpool } from './spool.js';

function filled(values: Float32Array): MemorySpool {
  const spool = new MemorySpool();
  for (let at = 0; at < values.length; at += 1000) spool.append(values.subarray(at, at + 1000));
  return spool;
}

function contents(spool: MemorySpool): Float32Array {
  const values = new Float32Array(spool.length);
  spool.read(0, values);
  return values;
}

describe('the spool in memory', () => {
  const rising = Float32Array.from({ length: 10_500 }, (_, i) => i);

  it('gives back what was appended, from anywhere', () => {
    const spool = filled(rising);
    const part = new Float32Array(3);
    spool.read(4999, part);
    expect([...part]).toEqual([4999, 5000, 5001]);
    expect(contents(spool)).toEqual(rising);
    spool.close();
  });

  it('that follows a closed one begins empty, and two open ones share nothing', () => {
    filled(rising).close();
    const [one, two] = [filled(rising.slice(5)), filled(rising.slice(0, 7))];
    expect([contents(one), contents(two)]).toEqual([rising.slice(5), rising.slice(0, 7)]);
    one.close();
    one.close();
    const next = new MemorySpool();
    expect(next.length).toBe(0);
    next.append(rising);
    expect([contents(next), contents(two)]).toEqual([rising, rising.slice(0, 7)]);
  });
});
