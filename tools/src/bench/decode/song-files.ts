import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, wavFile } from '@earshot/audio';
import { goldenFolder } from '../../parity/golden.js';
import { encodeByFfmpeg } from '../../show/formats/ffmpeg-files.js';

const encodings = {
  wav: ['-c:a', 'pcm_s16le'],
  flac: ['-c:a', 'flac'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '5'],
} as const;

export type SongFormat = keyof typeof encodings;

/** Writes 30 s of stereo at 44.1 kHz in each format to the folder, and gives the paths. */
export async function writeSongs(folder: string): Promise<{ format: SongFormat; path: string }[]> {
  const song = await thirtySeconds();
  return (['wav', 'flac', 'mp3', 'ogg'] as const).map((format) => {
    const path = join(folder, `song.${format}`);
    encodeByFfmpeg(song, encodings[format], path);
    return { format, path };
  });
}

/** The golden song of 10 s, three times. */
async function thirtySeconds(): Promise<Uint8Array> {
  const once: Float32Array[][] = [];
  const song = new Uint8Array(readFileSync(`${goldenFolder}audio/song-44k-stereo.wav`));
  const limits = { maxSeconds: 3600, maxDecodedBytes: 2 ** 31 };
  const { frames, sampleRate } = await decode([song], ({ channels }) => once.push(channels.map((samples) => samples.slice())), limits);
  const channels = [0, 1].map((c) => {
    const samples = new Float32Array(3 * frames);
    let at = 0;
    for (let repeat = 0; repeat < 3; repeat++) {
      for (const block of once) {
        samples.set(block[c]!, at);
        at += block[c]!.length;
      }
    }
    return samples;
  });
  return wavFile(channels, { sampleRate, sampleFormat: 'pcm16' });
}
