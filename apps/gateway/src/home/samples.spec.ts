import { decode } from '@earshot/audio';
import { columnNames, electro45, extract, pcmInMemory } from '@earshot/features';
import { samples } from './samples.js';

/** What the profile `electro-45@1` says of a sample, by name. */
async function measured(name: string): Promise<Record<string, number>> {
  const blocks: number[] = [];
  const bytes = samples[name]?.() ?? new Uint8Array(0);
  const { sampleRate } = await decode([bytes], ({ channels }) => void blocks.push(...(channels[0] ?? [])), {
    maxSeconds: 60,
    maxDecodedBytes: 2 ** 26,
  });
  const [extraction] = extract([electro45], () => pcmInMemory(Float32Array.from(blocks), sampleRate));
  return Object.fromEntries(columnNames(electro45).map((column, i) => [column, extraction?.values[i] ?? Number.NaN]));
}

describe('the sounds of the page', () => {
  it('are the same bytes each time', () => {
    const sound = () => samples['drum-loop']?.() ?? new Uint8Array(0); // the one with noise in it
    expect(Buffer.from(sound()).equals(sound())).toBe(true);
    expect(sound().length).toBeGreaterThan(100_000);
  });

  it('have a drum loop whose tempo is found', async () => expect((await measured('drum-loop'))['tempo']).toBeCloseTo(123, 0));

  it('have a chord of A major, whose notes are the strongest pitch classes', async () => {
    const found = await measured('chord');
    const strongest = Array.from({ length: 12 }, (_, pitch) => pitch)
      .sort((a, b) => (found[`chroma_${b}`] ?? 0) - (found[`chroma_${a}`] ?? 0))
      .slice(0, 3);
    expect(strongest.sort((a, b) => a - b)).toEqual([1, 4, 9]); // C♯, E, A
  });
});
