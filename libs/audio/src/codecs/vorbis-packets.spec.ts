import { readFileSync } from 'node:fs';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { gatherPackets } from './vorbis-packets.js';

// 1.5 s of a tone and of pink noise at 22.05 kHz, by ffmpeg's libvorbis at quality 0
const file = new Uint8Array(readFileSync(new URL('../../golden/tone-noise.ogg', import.meta.url)));

async function decodeInPieces(decoder: OggVorbisDecoder, pieceBytes: number) {
  const blocks = [];
  for (let at = 0; at < file.length; at += pieceBytes) blocks.push(kept(await decoder.decode(file.subarray(at, at + pieceBytes))));
  blocks.push(kept(await decoder.flush()));
  decoder.free();
  return blocks;
}

/** A copy, for a block does not outlive the next. */
function kept({ channelData, samplesDecoded, sampleRate, errors }: Awaited<ReturnType<OggVorbisDecoder['decode']>>) {
  const channels = samplesDecoded > 0 ? channelData.map((samples) => samples.slice()) : [];
  return { channels, samplesDecoded, sampleRate: samplesDecoded > 0 ? sampleRate : 0, errors };
}

async function opened(): Promise<OggVorbisDecoder> {
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  return decoder;
}

describe('gathering the packets of Ogg Vorbis', () => {
  it.each([700, 4096, 1_000_000])('gives what the package gives, in pieces of %i bytes', async (pieceBytes) => {
    const gathering = await opened();
    gatherPackets(gathering);
    const blocks = await decodeInPieces(gathering, pieceBytes);
    expect(blocks).toEqual(await decodeInPieces(await opened(), pieceBytes));
    expect(blocks.reduce((sum, { samplesDecoded }) => sum + samplesDecoded, 0)).toBe(1.5 * 22_050);
  });

  it('uses the same memory for each block', async () => {
    const decoder = await opened();
    gatherPackets(decoder);
    const first = await decoder.decode(file);
    const { buffer } = first.channelData[0]!;
    await decoder.reset();
    expect((await decoder.decode(file)).channelData[0]!.buffer).toBe(buffer);
    decoder.free();
  });

  it('says so when the package is not the one it knows', () => {
    expect(() => gatherPackets(Object.create(OggVorbisDecoder.prototype))).toThrow('built in another way than 0.1.20');
  });
});
