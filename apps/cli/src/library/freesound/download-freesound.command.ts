import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { exitCodes } from '../../exit-codes.js';
import { onServer } from '../../kinds/on-server.js';
import { say } from '../../terminal.js';
import type { Verb } from '../../verb.js';
import { wholeNumber } from '../../whole-number.js';
import type { FreesoundLicence } from './freesound-api.js';

/** What is searched for where nothing else is said: the old system's genres. */
const genres = ['ambient', 'drum_and_bass', 'dubstep', 'house', 'techno', 'trance'];

const licences: readonly FreesoundLicence[] = ['cc0', 'by', 'by-nc'];

interface Flags {
  data: string;
  genre: string[];
  count: number;
  licence: FreesoundLicence[];
  minSeconds: number;
  maxSeconds: number;
}

/** `earshot download-freesound`: fills DATA/raw for `earshot build-database`. Needs no server, but Freesound's. */
export function addDownloadFreesound(program: Command, verb: Verb): void {
  program
    .command('download-freesound')
    .description('download samples from freesound.org, each with its licence and author beside it; the same again goes on')
    .option('--data <folder>', 'they go to raw/GENRE in it', 'data')
    .option('--genre <name...>', 'which; NAME=WORDS searches for other words than "NAME loop"', genres)
    .option('--count <number>', 'sounds of each genre', wholeNumber, 50)
    .addOption(new Option('--licence <name...>', 'only sounds of these licences').choices(licences).default(licences))
    .option('--min-seconds <number>', 'only sounds that are at least so long', wholeNumber, 1)
    .option('--max-seconds <number>', 'only sounds that are at most so long', wholeNumber, 30)
    .action(({ data, genre, count, licence, minSeconds, maxSeconds }: Flags) =>
      onServer(verb, async () => {
        const key = verb.env['FREESOUND_API_KEY'];
        if (key === undefined || key === '') {
          say('FREESOUND_API_KEY is not set: a key comes from https://freesound.org/apiv2/apply');
          return exitCodes.badConfiguration;
        }
        const [{ FreesoundApi }, { downloadFreesound }] = await Promise.all([
          import('./freesound-api.js'),
          import('./download-freesound.js'),
        ]);
        const api = new FreesoundApi({ url: verb.env['FREESOUND_URL'] ?? 'https://freesound.org', key });
        const terms = Object.fromEntries(genre.map(termsOf));
        return downloadFreesound(api, {
          folder: join(data, 'raw'),
          terms,
          soundsPerGenre: count,
          licences: licence,
          minSeconds,
          maxSeconds,
        });
      }),
    );
}

/** A genre is the name of a folder. */
function termsOf(text: string): [genre: string, words: string] {
  const [, genre, words] = /^([\p{L}\p{N}][\p{L}\p{N} _-]{0,99})(?:=(.+))?$/u.exec(text) ?? [];
  if (genre === undefined) throw new InvalidArgumentError(`A genre is letters, digits, spaces, - and _, not ${text}.`);
  return [genre, words ?? `${genre.replaceAll('_', ' ')} loop`];
}
