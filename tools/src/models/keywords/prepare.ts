// npm run models:build -- recordings --digits DIR --commands DIR --voices DIR --cache DIR: mel power of all recordings, kept in the cache,
// and how many there are of what. `keywords` does the same when the cache is empty.
import { parseArgs } from 'node:util';
import { readRecordings } from './recordings.js';

export const folderOptions = {
  digits: { type: 'string' },
  commands: { type: 'string' },
  voices: { type: 'string' },
  cache: { type: 'string' },
} as const;

export async function prepare(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: folderOptions });
  const { folders, cache } = foldersOf(values);
  const counts = new Map<string, { recordings: number; words: Set<string>; speakers: Set<string>; frames: number }>();
  for (const { source, word, speaker, power } of await readRecordings(folders, cache)) {
    const count = counts.get(source) ?? { recordings: 0, words: new Set(), speakers: new Set(), frames: 0 };
    counts.set(source, count);
    count.recordings++;
    count.words.add(word);
    count.speakers.add(speaker);
    count.frames += power.length / 40;
  }
  for (const [source, { recordings, words, speakers, frames }] of counts) {
    const meanFrames = Math.round(frames / recordings);
    console.log(JSON.stringify({ source, recordings, words: words.size, speakers: speakers.size, meanFrames }));
  }
}

type FolderValues = { [Name in keyof typeof folderOptions]?: string };

export function foldersOf({ digits, commands, voices, cache }: FolderValues) {
  if (digits === undefined || commands === undefined || voices === undefined || cache === undefined)
    throw new Error('--digits, --commands, --voices and --cache DIR are needed');
  return { folders: { digits, commands, voices }, cache };
}
