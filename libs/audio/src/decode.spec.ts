import { decode } from './decode.js';
import { NotDecodedHere } from './not-decoded-here.js';
import { wavFile } from './wav/wav-writer.js';

const limits = { maxSeconds: 10, maxDecodedBytes: 1e6 };
const letters = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const ignore = (): void => {};

function* piecesOf(file: Uint8Array, pieceBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += pieceBytes) yield file.subarray(at, at + pieceBytes);
}

describe('decoding', () => {
  it.each([1, 100, 10_000])('takes a file in pieces of %i bytes', async (pieceBytes) => {
    const file = wavFile([new Float32Array(5000)], { sampleRate: 8000 });
    expect(await decode(piecesOf(file, pieceBytes), ignore, limits)).toEqual({
      format: 'wav/float32',
      decoder: 'earshot-wav',
      sampleRate: 8000,
      channels: 1,
      frames: 5000,
      isTruncated: false,
    });
  });

  it.each([1, 9, 10_000])('passes over an ID3 tag, in pieces of %i bytes', async (pieceBytes) => {
    const wav = wavFile([new Float32Array(100)], { sampleRate: 8000 });
    const file = Uint8Array.from([...letters('ID3'), 4, 0, 0, 0, 0, 0, 20, ...new Uint8Array(20), ...wav]);
    expect((await decode(piecesOf(file, pieceBytes), ignore, limits)).frames).toBe(100);
  });

  it('refuses what is not audio', async () => {
    await expect(decode([letters('#EXTM3U\n')], ignore, limits)).rejects.toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN' });
    await expect(decode([], ignore, limits)).rejects.toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN' });
  });

  it('hands audio on that it has no decoder for', async () => {
    const refusal = decode([letters('#!AMR\n')], ignore, limits);
    await expect(refusal).rejects.toBeInstanceOf(NotDecodedHere);
    await expect(refusal).rejects.toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN', format: 'amr' });
  });

  it('stops reading at the limit', async () => {
    let piecesRead = 0;
    function* endless(): Generator<Uint8Array> {
      yield wavFile([new Float32Array(8000)], { sampleRate: 8000 }).fill(255, 40, 44);
      for (;;) {
        piecesRead++;
        yield new Uint8Array(32_000);
      }
    }
    await expect(decode(endless(), ignore, limits)).rejects.toMatchObject({ code: 'AUDIO_TOO_LONG', members: { limit: 10 } });
    expect(piecesRead).toBe(10);
  });
});
