// npm run bench -- decode [--against-librosa PYTHON]: to 22.05 kHz mono, one thread, warm: 30 s of 44.1 kHz stereo from each format, and
// the hundred spoken digits of samples/ at 8 kHz.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createResampler, decode, downmix, type Resampler, resampledLength } from '@earshot/audio';
import { LibrosaTimer } from '../librosa/librosa-timer.js';
import { writeSongs } from './decode/song-files.js';
import { median } from './timing/quantiles.js';

interface Case {
  name: string;
  /** Loaded one after the other. */
  paths: string[];
  /** Of librosa.load's time, at most. */
  goal: number;
}

const goals = { wav: 1, flac: 2, mp3: 2, ogg: 2 };
const samplesFolder = fileURLToPath(new URL('../../../samples/', import.meta.url));
const rounds = 12;
/** As long as it takes until every loop is compiled: eight rounds of WAV were still four times slower than later ones. */
const warmUpMs = 2_000;
const limits = { maxSeconds: 3600, maxDecodedBytes: 2 ** 31 };
const pieceBytes = 262_144;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'against-librosa': { type: 'string' } } });
  const python = values['against-librosa'];
  const librosa = python === undefined ? null : new LibrosaTimer(python, 'load');
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
        if (librosa) theirs!.push(await librosa.timeMs(item.paths));
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
  const songs = (await writeSongs(folder)).map(({ format, path }) => ({ name: `30 s of ${format}`, paths: [path], goal: goals[format] }));
  const digits = readdirSync(samplesFolder).filter((name) => name.endsWith('.wav'));
  return [...songs, { name: `${digits.length} spoken digits`, paths: digits.map((name) => join(samplesFolder, name)), goal: 1 }];
}

let mono = new Float32Array(0);

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
        if (mono.length < channels[0]!.length) mono = new Float32Array(channels[0]!.length);
        samples += resampler.push([downmix(channels, mono)])[0]!.length;
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
