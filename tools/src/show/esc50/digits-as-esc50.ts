import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folds = 5;

/**
 * The spoken digits (`{digit}_{speaker}_{take}.wav`) laid out as ESC-50 is: `audio/` and `meta/esc50.csv`. A take of a speaker, all ten
 * digits of it, is the recording they come from, and lies in one fold; each fold has every speaker.
 */
export async function digitsAsEsc50(digits: string, folder: string): Promise<number> {
  await Promise.all(['audio', 'meta'].map((name) => mkdir(join(folder, name), { recursive: true })));
  const rows: string[] = [];
  for (const name of (await readdir(digits)).toSorted()) {
    const [, digit, speaker, take] = /^(\d)_([a-z]+)_(\d+)\.wav$/.exec(name) ?? [];
    if (digit === undefined || take === undefined) continue;
    await copyFile(join(digits, name), join(folder, 'audio', name));
    rows.push([name, 1 + (Number(take) % folds), digit, words[Number(digit)], 'False', `${speaker}_${take}`, 'A'].join(','));
  }
  if (rows.length === 0) throw new Error(`There is no {digit}_{speaker}_{take}.wav in ${digits}`);
  await writeFile(join(folder, 'meta', 'esc50.csv'), `${['filename,fold,target,category,esc10,src_file,take', ...rows].join('\n')}\n`);
  return rows.length;
}

const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
