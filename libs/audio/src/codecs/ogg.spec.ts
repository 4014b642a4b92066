import { readFileSync } from 'node:fs';
import { decode } from '../decode.js';

// 1.5 s of a tone and of pink noise, by ffmpeg's libvorbis at quality 0 and 22.05 kHz, and by its libopus at 48 kbit/s
const read = (name: string) => new Uint8Array(readFileSync(new URL(`../../golden/${name}`, import.meta.url)));
const files = { vorbis: read('tone-noise.ogg'), opus: read('tone-noise.opus') };
const rates = { vorbis: 22_050, opus: 48_000 };
const limits = { maxSeconds: 10, maxDecodedBytes: 1e7 };

/** The samples of the only channel. */
async function samplesOf(file: Uint8Array, pieceBytes = file.length): Promise<Float32Array> {
  const samples: number[] = [];
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) pieces.push(file.slice(at, at + pieceBytes));
  await decode(pieces, ({ channels }) => samples.push(...channels[0]!), limits);
  return Float32Array.from(samples);
}

describe.each(['vorbis', 'opus'] as const)('decoding %s in Ogg', (codec) => {
  const file = files[codec];
  let whole: Float32Array;
  beforeAll(async () => {
    whole = await samplesOf(file);
  });

  it('gives as many samples as went in', () => expect(whole).toHaveLength(1.5 * rates[codec]));
  it.each([1, 700])('gives the same in pieces of %i bytes', async (pieceBytes) => expect(await samplesOf(file, pieceBytes)).toEqual(whole));

  it('makes no sound of its own of a file that is cut short', async () => {
    const cut = await samplesOf(file.subarray(0, Math.round(0.6 * file.length)));
    expect(cut.length).toBeGreaterThan(0.3 * whole.length);
    expect(cut).toEqual(whole.subarray(0, cut.length));
  });

  it('plays streams that follow one another', async () => {
    const twice = Uint8Array.from([...file, ...file]);
    expect(await samplesOf(twice)).toEqual(Float32Array.from([...whole, ...whole]));
  });
});

describe('decoding Opus in Ogg', () => {
  it('begins where a file begins that was cut out of a longer one', async () => {
    const file = files.opus.slice();
    const whole = await samplesOf(file);
    const view = new DataView(file.buffer);
    for (let at = 0; at + 10 <= file.length; at++) {
      const position = view.getUint32(at, false) === 0x4f676753 ? view.getUint32(at + 6, true) : 0;
      if (position > 0) view.setUint32(at + 6, position + 480_000, true);
    }
    expect(await samplesOf(file)).toEqual(whole);
  });
});
