// npm run bench -- decode [--against-librosa PYTHON]: 30 s of 44.1 kHz stereo to 22.05 kHz mono, from each format, one thread, warm.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createResampler, decode, downmix, wavFile } from '@earshot/audio';
import { goldenFolder } from '../parity/golden.js';
import { encodeByFfmpeg } from '../show/formats/ffmpeg-files.js';

/** Of librosa.load's time, at most. */
const goals = { wav: 1, flac: 2, mp3: 2, ogg: 2 };
const encodings: Record<keyof typeof goals, string[]> = {
  wav: ['-c:a', 'pcm_s16le'],
  flac: ['-c:a', 'flac'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '5'],
};
const rounds = 12;
const limits = { maxSeconds: 3600, maxDecodedBytes: 2 ** 31 };
const pieceBytes = 262_144;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'against-librosa': { type: 'string' } } });
  const python = values['against-librosa'];
  const librosa = python === undefined ? null : new LibrosaLoad(python);
  const folder = mkdtempSync(join(tmpdir(), 'earshot-decode-'));
  console.log(`| format | ours ms | of it decoding |${librosa ? ' librosa.load ms | ratio | goal |' : ''}`);
  console.log(`|---|---|---|${librosa ? '---|---|---|' : ''}`);
  try {
    const source = await thirtySeconds();
    for (const [format, encode] of Object.entries(encodings)) {
      const path = join(folder, `clip.${format}`);
      encodeByFfmpeg(source, encode, path);
      const file = new Uint8Array(readFileSync(path));
      const [ours, decoding, theirs]: number[][] = [[], [], []];
      for (let round = 0; round < 8; round++) await loadMs(file); // warm
      for (let round = 0; round < rounds; round++) {
        ours!.push(await loadMs(file)); // in turn, so that both see the same machine
        decoding!.push(await decodeMs(file));
        if (librosa) theirs!.push(await librosa.loadMs(path));
      }
      const ratio = median(ours!) / median(theirs!);
      const goal = goals[format as keyof typeof goals];
      if (librosa && ratio > goal) process.exitCode = 1;
      const against = librosa ? ` ${median(theirs!).toFixed(1)} | ${ratio.toFixed(2)} | ≤ ${goal} |` : '';
      console.log(`| ${format} | ${median(ours!).toFixed(1)} | ${median(decoding!).toFixed(1)} |${against}`);
    }
  } finally {
    librosa?.close();
    rmSync(folder, { recursive: true });
  }
}

/** Reading, mixing down and resampling, as the sandbox does it. */
async function loadMs(file: Uint8Array): Promise<number> {
  const start = performance.now();
  const resampler = createResampler({ from: 44_100, to: 22_050 });
  let samples = 0;
  await decode(piecesOf(file), ({ channels }) => (samples += resampler.push([downmix(channels)])[0]!.length), limits);
  samples += resampler.end()[0]!.length;
  if (samples !== 30 * 22_050) throw new Error(`${samples} samples came out of 30 s`);
  return performance.now() - start;
}

async function decodeMs(file: Uint8Array): Promise<number> {
  const start = performance.now();
  await decode(piecesOf(file), () => {}, limits);
  return performance.now() - start;
}

function* piecesOf(file: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += pieceBytes) yield file.subarray(at, at + pieceBytes);
}

/** The golden song of 10 s, three times. */
async function thirtySeconds(): Promise<Uint8Array> {
  const once: Float32Array[][] = [];
  const song = new Uint8Array(readFileSync(`${goldenFolder}audio/song-44k-stereo.wav`));
  const { frames, sampleRate } = await decode([song], ({ channels }) => once.push(channels), limits);
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

/** A Python process that times librosa.load (libs/audio/golden/time_librosa.py). */
class LibrosaLoad {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string) {
    const script = fileURLToPath(new URL('../../../libs/audio/golden/time_librosa.py', import.meta.url));
    this.child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async loadMs(path: string): Promise<number> {
    this.child.stdin.write(`${path}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('The librosa process ended: is this a Python with librosa 0.11?');
    return Number(value);
  }

  close(): void {
    this.child.stdin.end();
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
