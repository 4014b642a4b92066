import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import type { Random } from '../../random.js';

const sampleRate = 22_050;

/** What ffmpeg is asked to encode; what it cannot encode here is left out. */
const encodings: Record<string, string[]> = {
  'mono.mp3': [],
  'tagged.mp3': ['-metadata', 'title=a title', '-b:a', '32k'],
  'sound.flac': [],
  'sound.ogg': ['-c:a', 'libvorbis'],
  'sound.opus': ['-c:a', 'libopus'],
  'flac.ogg': ['-c:a', 'flac'],
  'sound.m4a': ['-c:a', 'aac'],
  'alac.m4a': ['-c:a', 'alac'],
  'sound.aac': [],
  'sound.webm': ['-c:a', 'libopus'],
  'sound.mka': ['-c:a', 'libvorbis'],
  'sound.aiff': [],
  'sound.caf': [],
  'sound.wma': [],
  'sound.ac3': [],
  'sound.wv': [],
  'adpcm.wav': ['-c:a', 'adpcm_ima_wav'],
  'alaw.wav': ['-c:a', 'pcm_alaw'],
  'pcm24.wav': ['-c:a', 'pcm_s24le'],
  'float64.wav': ['-c:a', 'pcm_f64le'],
};

/** A second of a chord in noise, as valid files of each format. */
export function validFiles(folder: string, random: Random): { name: string; bytes: Buffer }[] {
  const samples = Float32Array.from({ length: sampleRate }, (_, i) => {
    const seconds = i / sampleRate;
    return 0.2 * Math.sin(2 * Math.PI * 220 * seconds) + 0.2 * Math.sin(2 * Math.PI * 554 * seconds) + 0.1 * (random.next() - 0.5);
  });
  const source = join(folder, 'source.wav');
  writeFileSync(source, wavFile([samples, samples], { sampleRate, sampleFormat: 'pcm16' }));
  const encoded = Object.entries(encodings).flatMap(([name, options]) => {
    const path = join(folder, `valid-${name}`);
    spawnSync('ffmpeg', ['-v', 'quiet', '-y', '-i', source, ...options, path]);
    return existsSync(path) ? [{ name, bytes: readFileSync(path) }] : [];
  });
  const float32 = Buffer.from(wavFile([samples], { sampleRate }));
  return [{ name: 'pcm16.wav', bytes: readFileSync(source) }, { name: 'float32.wav', bytes: float32 }, ...encoded].filter(
    ({ bytes }) => bytes.length > 0,
  );
}
