import { readFileSync } from 'node:fs';
import { MPEGDecoder } from 'mpg123-decoder';
import { gatherReads } from './mpeg-reads.js';

// 1.5 s of a tone and of pink noise at 22.05 kHz, by ffmpeg's libmp3lame at 48 kbit/s
const file = new Uint8Array(readFileSync(new URL('../../golden/tone-noise.mp3', import.meta.url)));

function decodeInPieces(decoder: MPEGDecoder, pieceBytes: number) {
  const blocks = [];
  for (let at = 0; at < file.length; at += pieceBytes) {
    const { channelData, samplesDecoded, sampleRate, errors } = decoder.decode(file.subarray(at, at + pieceBytes));
    const channels = samplesDecoded > 0 ? channelData.map((samples) => samples.slice()) : []; // a block does not outlive the next
    blocks.push({ channels, samplesDecoded, sampleRate, errors });
  }
  decoder.free();
  return blocks;
}

async function opened(): Promise<MPEGDecoder> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return decoder;
}

describe('gathering the reads of MP3', () => {
  it.each([100, 3000, 1_000_000])('gives what the package gives, in pieces of %i bytes', async (pieceBytes) => {
    const gathering = await opened();
    gatherReads(gathering);
    const blocks = decodeInPieces(gathering, pieceBytes);
    expect(blocks).toEqual(decodeInPieces(await opened(), pieceBytes));
    expect(blocks.reduce((sum, { samplesDecoded }) => sum + samplesDecoded, 0)).toBe(1.5 * 22_050);
  });

  it('uses the same memory for each block', async () => {
    const decoder = await opened();
    gatherReads(decoder);
    decoder.decode(file.subarray(0, 3000));
    const { buffer } = decoder.decode(file.subarray(3000, 6000)).channelData[0]!;
    expect(decoder.decode(file.subarray(6000, 9000)).channelData[0]!.buffer).toBe(buffer);
    decoder.free();
  });

  it('says so when the package is not the one it knows', () => {
    expect(() => gatherReads(Object.create(MPEGDecoder.prototype))).toThrow('built in another way than 1.0.3');
  });
});
