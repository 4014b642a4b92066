// npm run bench -- long-clip [--hours N] [--noise]: all profiles of a clip of hours: time, and the memory of this process.
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { extract, type PcmSource, profiles, type Spool } from '@earshot/features';
import { readClip } from '../parity/clip.js';
import { goldenFolder } from '../parity/golden.js';
import { whiteNoise } from './features/white-noise.js';

const goalMb = 300;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { hours: { type: 'string', default: '3' }, noise: { type: 'boolean', default: false } } });
  const hours = Number(values.hours);
  const loop = values.noise ? whiteNoise(30 * 22_050) : (await readClip(`${goldenFolder}audio/song-120bpm.wav`)).samples;
  const start = performance.now();
  extract(profiles, (sampleRate) => repeated(loop, sampleRate, hours * 3600 * sampleRate), { spool: () => new FileSpool() });
  const seconds = (performance.now() - start) / 1000;
  const residentMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${hours} h, ${profiles.length} profiles: ${seconds.toFixed(1)} s, at most ${residentMb.toFixed(0)} MB resident (goal: ${goalMb})`,
  );
  if (residentMb > goalMb) process.exitCode = 1;
}

/** A clip of any length that needs no memory: one stretch, over and over. */
function repeated(loop: Float32Array, sampleRate: number, sampleCount: number): PcmSource {
  return {
    sampleRate,
    sampleCount,
    read(start, target) {
      for (let done = 0; done < target.length; ) {
        const at = (start + done) % loop.length;
        const piece = loop.subarray(at, at + target.length - done);
        target.set(piece, done);
        done += piece.length;
      }
    },
  };
}

let spoolCount = 0;

class FileSpool implements Spool {
  length = 0;
  private readonly path = join(tmpdir(), `earshot-bench-${process.pid}-${++spoolCount}`);
  private readonly file = openSync(this.path, 'wx+');

  append(block: Float32Array): void {
    writeSync(this.file, new Uint8Array(block.buffer, block.byteOffset, block.byteLength), 0, block.byteLength, 4 * this.length);
    this.length += block.length;
  }

  read(start: number, target: Float32Array): void {
    readSync(this.file, new Uint8Array(target.buffer, target.byteOffset, target.byteLength), 0, target.byteLength, 4 * start);
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.path);
  }
}
