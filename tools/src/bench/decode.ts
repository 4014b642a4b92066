// npm run bench -- decode [--against-librosa PYTHON]: to 22.05 kHz mono, one thread, warm: 30 s of 44.1 kHz stereo from each format, and
// the hundred spoken digits of samples/ at 8 kHz.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createResampler, decode, downmix, type Resampler, resampledLength, wavFile } from '@earshot/audio';
import { goldenFolder } from '../parity/golden.js';
import { encodeByFfmpeg } from '../show/formats/ffmpeg-files.js';

interface Case {
  name: string;
  /** Loaded one after the other. */
  paths: string[];
  /** Of librosa.load's time, at most. */
  goal: number;
}

const encodings = [
  { name: 'wav', encode: ['-c:a', 'pcm_s16le'], goal: 1 },
  { name: 'flac', encode: ['-c:a', 'flac'], goal: 2 },
  { name: 'mp3', encode: ['-c:a', 'libmp3lame', '-b:a', '192k'], goal: 2 },
  { name: 'ogg', encode: ['-c:a', 'libvorbis', '-q:a', '5'], goal: 2 },
];
const samplesFolder = fileURLToPath(new URL('../../../samples/', import.meta.url));
const rounds = 12;
/** As long as it takes until every loop is compiled: eight rounds of WAV were still four times slower than later ones. */
const warmUpMs = 2_000;
const limits = { maxSeconds: 3600, maxDecodedBytes: 2 ** 31 };
const pieceBytes = 262_144;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'against-librosa': { type: 'string' } } });
  const python = values['against-librosa'];
  const librosa = python === undefined ? null : new LibrosaLoad(python);
  const folder = mkdtempSync(join(tmpdir(), 'earshot-decode-'));
  console.log(`| clips | ours ms | of it decoding |${librosa ? ' librosa.load ms | ratio | goal |' : ''}`);
  console.log(`|---|---|---|${librosa ? '---|---|---|' : ''}`);
  try {
    for (const item of await cases(folder)) {
      const files = item.paths.map((path) => new Uint8Array(readFileSync(path)));
      const [ours, decoding, theirs]: number[][] = [[], [], []];
      for (const endMs = performance.now() + warmUpMs; performance.now() < endMs; ) await loadMs(files);
      for (let round = 0; round < rounds; round++) {
        ours!.push(await loadMs(files)); // in turn, so that both see the same machine
        decoding!.push(await decodeMs(files));
        if (librosa) theirs!.push(await librosa.loadMs(item.paths));
      }
      const ratio = median(ours!) / median(theirs!);
      if (librosa && ratio > item.goal) process.exitCode = 1;
      const against = librosa ? ` ${median(theirs!).toFixed(1)} | ${ratio.toFixed(2)} | ≤ ${item.goal} |` : '';
      console.log(`| ${item.name} | ${median(ours!).toFixed(1)} | ${median(decoding!).toFixed(1)} |${against}`);
    }
  } finally {
    librosa?.close();
    rmSync(folder, { recursive: true });
  }
}

async function cases(folder: string): Promise<Case[]> {
  const song = await thirtySeconds();
  const songs = encodings.map(({ name, encode, goal }) => {
    const path = join(folder, `song.${name}`);
    encodeByFfmpeg(song, encode, path);
    return { name: `30 s of ${name}`, paths: [path], goal };
  });
  const digits = readdirSync(samplesFolder).filter((name) => name.endsWith('.wav'));
  return [...songs, { name: `${digits.length} spoken digits`, paths: digits.map((name) => join(samplesFolder, name)), goal: 1 }];
}

/** Reading, mixing down and resampling, as the sandbox does it. */
async function loadMs(files: Uint8Array[]): Promise<number> {
  const start = performance.now();
  for (const file of files) {
    let resampler: Resampler | undefined;
    let samples = 0;
    const { frames, sampleRate } = await decode(
      piecesOf(file),
      ({ channels, sampleRate: from }) => {
        resampler ??= createResampler({ from, to: 22_050 });
        samples += resampler.push([downmix(channels)])[0]!.length;
      },
      limits,
    );
    samples += resampler!.end()[0]!.length;
    if (samples !== resampledLength(frames, sampleRate, 22_050)) throw new Error(`${samples} samples came out of ${frames}`);
  }
  return performance.now() - start;
}

async function decodeMs(files: Uint8Array[]): Promise<number> {
  const start = performance.now();
  for (const file of files) await decode(piecesOf(file), () => {}, limits);
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

  /** Of all files together. */
  async loadMs(paths: string[]): Promise<number> {
    let sumMs = 0;
    for (const path of paths) {
      this.child.stdin.write(`${path}\n`);
      const { value, done } = await this.lines.next();
      if (done) throw new Error('The librosa process ended: is this a Python with librosa 0.11?');
      sumMs += Number(value);
    }
    return sumMs;
  }

  close(): void {
    this.child.stdin.end();
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
