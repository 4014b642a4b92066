// npm run show -- hostile [--mutations 200 | --quick] [--formats wav,mp3] [--seed 1] [--children 2] [--from 0]: files made to harm, then seeded
// mutations of valid files of each format, through the real sandbox, held by a process of its own as an extractor holds it. Prints a
// line of JSON for each attack, each format and each finding, and fails when a rule is broken: a coded error or a valid result, within
// 5 s, children within 512 MB, the parent small and responsive, no other file read, no connection. Progress goes to standard error;
// a run that was ended by SIGINT or SIGTERM says how to go on. --replay wav:7 sends one mutant and keeps its file.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printLine } from '../print-line.js';
import { Campaign } from './hostile/campaign.js';
import { JudgedParent } from './hostile/judged-parent.js';
import { mutantOf } from './hostile/mutant.js';
import { chosenFormats, parseOptions } from './hostile/options.js';
import { isFault } from './hostile/tally.js';
import { validFiles } from './hostile/valid-files.js';

export async function run(args: string[]): Promise<void> {
  const { replay, ...options } = parseOptions(args);
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'earshot-hostile-'));
  const parent = await JudgedParent.start({ children: options.children, folder, onLog: printLine });
  try {
    const files = validFiles(folder);
    if (replay) {
      const originals = chosenFormats(files, [replay.format]).flatMap(([, originals]) => originals);
      const bytes = mutantOf({ ...replay, seed: options.seed }, originals);
      const kept = join(tmpdir(), `mutant-${options.seed}-${replay.format}-${replay.number}`);
      writeFileSync(kept, bytes);
      const outcome = await parent.describe(bytes);
      printLine({ ...replay, seed: options.seed, kept, ...outcome });
      if (isFault(outcome)) process.exitCode = 1;
    } else {
      const campaign = new Campaign(parent, folder, { ...options, formats: chosenFormats(files, options.formats), print: printLine });
      if (!(await campaign.run())) process.exitCode = 1;
    }
  } finally {
    await parent.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
