import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { Random } from '../../random.js';
import { amrFile } from '../formats/amr-file.js';

export interface ValidFile {
  name: string;
  bytes: Buffer;
}

const sampleRate = 22_050;

/** What ffmpeg is asked to encode, by format: those with a decoder of ours come first. What it cannot encode here is left out. */
const encodings: Record<string, Record<string, string[]>> = {
  wav: {
    'pcm16.wav': [],
    'pcm24.wav': ['-c:a', 'pcm_s24le'],
    'float32.wav': ['-c:a', 'pcm_f32le'],
    'float64.wav': ['-c:a', 'pcm_f64le'],
    'alaw.wav': ['-c:a', 'pcm_alaw'],
    'adpcm.wav': ['-c:a', 'adpcm_ima_wav'],
  },
  mp3: { 'plain.mp3': [], 'tagged.mp3': ['-metadata', 'title=a title', '-b:a', '32k'], 'mono.mp3': ['-ac', '1'] },
  flac: { 'sound.flac': [], 'mono.flac': ['-ac', '1'] },
  vorbis: { 'vorbis.ogg': ['-c:a', 'libvorbis'] },
  opus: { 'sound.opus': ['-c:a', 'libopus'] },
  ogg: { 'flac.ogg': ['-c:a', 'flac'], 'speex.ogg': ['-c:a', 'libspeex'] },
  m4a: { 'aac.m4a': ['-c:a', 'aac'], 'alac.m4a': ['-c:a', 'alac'] },
  aac: { 'sound.aac': [] },
  matroska: { 'opus.webm': ['-c:a', 'libopus'], 'vorbis.mka': ['-c:a', 'libvorbis'] },
  aiff: { 'sound.aiff': [] },
  caf: { 'sound.caf': [] },
  wma: { 'sound.wma': [] },
  ac3: { 'sound.ac3': [] },
  wavpack: { 'sound.wv': [] },
};

/** A second of a chord in noise as valid files, by format; the same bytes each time, from the same ffmpeg. */
export function validFiles(folder: string): Map<string, ValidFile[]> {
  const random = new Random(1);
  const samples = Float32Array.from({ length: sampleRate }, (_, i) => {
    const seconds = i / sampleRate;
    return 0.2 * Math.sin(2 * Math.PI * 220 * seconds) + 0.2 * Math.sin(2 * Math.PI * 554 * seconds) + 0.1 * (random.next() - 0.5);
  });
  const source = join(folder, 'source.wav');
  writeFileSync(source, wavFile([samples, samples], { sampleRate, sampleFormat: 'pcm16' }));
  const files = Object.entries(encodings).map(([format, files]): [string, ValidFile[]] => [
    format,
    Object.entries(files).flatMap(([name, options]) => encoded(source, join(folder, name), name, options)),
  ]);
  const amr = [
    { name: 'narrow.amr', bytes: amrFile('narrow') },
    { name: 'wide.amr', bytes: amrFile('wide') },
  ];
  return new Map([...files, ['amr', amr] as const].filter(([, { length }]) => length > 0));
}

function encoded(source: string, path: string, name: string, options: string[]): ValidFile[] {
  const { error } = spawnSync('ffmpeg', ['-v', 'quiet', '-y', '-i', source, '-bitexact', ...options, path]);
  if (error) throw new Error('ffmpeg cannot be started; install it (apt install ffmpeg)', { cause: error });
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  return bytes.length > 0 ? [{ name, bytes }] : [];
}
