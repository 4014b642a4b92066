// npm run bench -- file-to-vector [--against-librosa PYTHON]: from the file of 30 s of 44.1 kHz stereo to its talent-37, warm, by one
// child of the sandbox as a service has it, beside librosa.load and the same features in Python.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ClipFile, Sandbox } from '@earshot/sandbox';
import { LibrosaTimer } from '../librosa/librosa-timer.js';
import { writeSongs } from './decode/song-files.js';
import { median } from './timing/quantiles.js';

/** How many times faster than librosa. */
const goals = { wav: 12, flac: 5, mp3: 4, ogg: 4 };
const rounds = 12;
/** As long as it takes until every loop is compiled. */
const warmUpMs = 3_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'against-librosa': { type: 'string' } } });
  const python = values['against-librosa'];
  const librosa = python === undefined ? null : new LibrosaTimer(python, 'file-to-vector');
  const folder = mkdtempSync(join(tmpdir(), 'earshot-file-to-vector-'));
  const sandbox = new Sandbox({ children: 1, log: { info() {}, warn: console.error, error: console.error } });
  console.log(`| file | ours ms |${librosa ? ' librosa ms | times faster | goal |' : ''}\n|---|---|${librosa ? '---|---|---|' : ''}`);
  try {
    for (const { format, path } of await writeSongs(folder)) {
      const clip = { path, sizeBytes: statSync(path).size };
      const ours: number[] = [];
      const theirs: number[] = [];
      for (const endMs = performance.now() + warmUpMs; performance.now() < endMs; ) await oursMs(sandbox, clip);
      await librosa?.timeMs([path]);
      for (let round = 0; round < rounds; round++) {
        ours.push(await oursMs(sandbox, clip)); // in turn, so that both see the same machine
        if (librosa) theirs.push(await librosa.timeMs([path]));
      }
      const timesFaster = median(theirs) / median(ours);
      const isMissed = timesFaster < goals[format];
      if (isMissed) process.exitCode = 1;
      const verdict = ` ${median(theirs).toFixed(1)} | ${timesFaster.toFixed(1)} | ≥ ${goals[format]}: ${isMissed ? 'missed' : 'met'} |`;
      console.log(`| ${format} | ${median(ours).toFixed(1)} |${librosa ? verdict : ''}`);
    }
  } finally {
    librosa?.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

async function oursMs(sandbox: Sandbox, clip: ClipFile): Promise<number> {
  const start = performance.now();
  await sandbox.run('extract', { ...clip, profiles: ['talent-37@1'] });
  return performance.now() - start;
}
