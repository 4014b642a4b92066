// npm run show -- long-files [--hours 3]: WAV, FLAC, MP3 and Opus of three hours (ffmpeg makes them) through the real sandbox, described
// and with the vectors of every profile. Prints what each took, and fails when one fails, or when a child held more than the bar.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { profiles } from '@earshot/features';
import { printLine } from '../print-line.js';
import { wavBytesPerSecond, writeLoop } from './long-files/loop-file.js';
import { type MeasuredCall, measuredCall } from './long-files/measured-call.js';

const formats = {
  'clip.wav': ['-c:a', 'pcm_s16le'],
  'clip.flac': [],
  'clip.mp3': ['-b:a', '192k'],
  // Few bytes for so much sound: time is granted by the byte.
  'speech.mp3': ['-ac', '1', '-ar', '22050', '-b:a', '32k'],
  'speech.opus': ['-ac', '1', '-c:a', 'libopus', '-b:a', '16k'],
} as const;

const bars = { peakMb: 300, durationOffSeconds: 0.2 };

/** A clip, and its samples at both rates of the profiles as 32-bit floats, with some room to spare. */
const roomBytesPerSecond = 1.2 * (wavBytesPerSecond + 4 * (22_050 + 16_000));

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { hours: { type: 'string', default: '3' } } });
  const seconds = Math.round(Number(values.hours) * 3600);
  const neededBytes = seconds * roomBytesPerSecond;
  const { bavail, bsize } = await statfs(tmpdir());
  printLine({ folder: tmpdir(), freeMb: inMb(bavail * bsize), neededMb: inMb(neededBytes), hours: seconds / 3600, bars });
  if (bavail * bsize < neededBytes) throw new Error(`${tmpdir()} has not enough room; give another folder as TMPDIR, or fewer --hours`);

  const folder = mkdtempSync(join(tmpdir(), 'earshot-long-'));
  const missed: string[] = [];
  try {
    for (const [file, encode] of Object.entries(formats)) {
      const path = join(folder, file);
      await writeLoop(path, seconds, encode);
      const clip = { path, sizeBytes: statSync(path).size };
      const calls = {
        describe: () => measuredCall('describe', clip),
        extract: () => measuredCall('extract', { ...clip, profiles: profiles.map(({ id }) => id) }),
      };
      for (const [call, measure] of Object.entries(calls)) {
        const measured = await measure();
        const passed = isWithinBars(measured, seconds);
        if (!passed) missed.push(`${call} ${file}`);
        const { durationSeconds, error, peakMb } = measured;
        printLine({
          file,
          fileMb: inMb(clip.sizeBytes),
          call,
          durationSeconds,
          seconds: rounded(measured.seconds),
          peakMb: rounded(peakMb),
          error,
          passed,
        });
      }
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  printLine({ files: Object.keys(formats).length, missed, passed: missed.length === 0 });
  if (missed.length > 0) process.exitCode = 1;
}

/** MP3 and its encoder add a frame or two of silence. */
function isWithinBars({ durationSeconds, peakMb }: MeasuredCall, seconds: number): boolean {
  return durationSeconds !== null && Math.abs(durationSeconds - seconds) <= bars.durationOffSeconds && peakMb <= bars.peakMb && peakMb > 0;
}

const inMb = (bytes: number): number => rounded(bytes / 2 ** 20);

const rounded = (value: number): number => Math.round(value * 10) / 10;
