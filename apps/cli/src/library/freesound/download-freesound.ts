import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SampleSaid } from '@earshot/contracts';
import { isAudio } from '../../data/is-audio.js';
import { exitCodes } from '../../exit-codes.js';
import { isRefusal } from '../../kinds/server.js';
import { printData, say } from '../../terminal.js';
import type { FreesoundApi, FreesoundLicence, FreesoundSound } from './freesound-api.js';

export interface Wanted {
  /** Where to: `FOLDER/GENRE/freesound-ID.mp3`, and beside it what is known of the sound. */
  folder: string;
  /** What is searched for, by genre. */
  terms: Readonly<Record<string, string>>;
  soundsPerGenre: number;
  licences: readonly FreesoundLicence[];
  minSeconds: number;
  maxSeconds: number;
}

/** Downloads sounds of each genre that are not there yet. Interrupted, the same again goes on. */
export async function downloadFreesound(api: FreesoundApi, { folder, terms, soundsPerGenre, ...filter }: Wanted): Promise<number> {
  const total = { downloaded: 0, there: 0, failed: 0 };
  for (const [genre, words] of Object.entries(terms)) {
    const place = join(folder, genre);
    await mkdir(place, { recursive: true });
    let have = 0;
    for await (const sound of api.search({ terms: words, ...filter })) {
      if (have === soundsPerGenre) break;
      if (!filter.licences.some((licence) => isOfLicence(sound, licence))) continue;
      const outcome = await keep(api, sound, place);
      total[outcome] += 1;
      if (outcome !== 'failed') have += 1;
      say(`${genre}: ${have} of ${soundsPerGenre}`);
    }
    if (have < soundsPerGenre) say(`${genre}: Freesound has no more than ${have} for "${words}"`);
  }
  printData(JSON.stringify(total));
  return total.failed > 0 ? exitCodes.someItemsFailed : exitCodes.ok;
}

/** The audio comes to its name last and whole: where it is, its description is. */
async function keep(api: FreesoundApi, sound: FreesoundSound, place: string): Promise<'downloaded' | 'there' | 'failed'> {
  const stem = join(place, `freesound-${sound.id}`);
  if (await isThere(`${stem}.mp3`)) return 'there';
  const part = `${stem}.mp3.part`;
  try {
    const response = await api.download(sound);
    if (response.body === null) throw new Error('it answers nothing');
    await pipeline(response.body, createWriteStream(part));
    const { size } = await stat(part);
    const told = response.headers.get('content-length');
    if (told !== null && response.headers.get('content-encoding') === null && Number(told) !== size)
      throw new Error(`${size} of ${told} bytes came`);
    if (!(await isAudio(part))) throw new Error('what came is no audio');
    await writeFile(`${stem}.json.part`, `${JSON.stringify(descriptionOf(sound), null, 2)}\n`);
    await rename(`${stem}.json.part`, `${stem}.json`);
    await rename(part, `${stem}.mp3`);
    return 'downloaded';
  } catch (error) {
    await rm(part, { force: true });
    if (isRefusal(error) && error.exitCode !== exitCodes.notFound) throw error; // it would be no better with the next sound
    if (isOfThisMachine(error)) throw error;
    say(`freesound ${sound.id}: ${Object(error).message}`);
    return 'failed';
  }
}

/** In the form in which the library takes it. */
function descriptionOf({ id, name, username, license, url, tags }: FreesoundSound): SampleSaid {
  return {
    tags: [...new Set(tags)].filter((tag) => tag !== '' && tag.length <= 64).slice(0, 50),
    licence: nameOfLicence(license),
    author: username,
    source: 'freesound',
    url,
    metadata: { freesoundId: id, name, licenceUrl: license },
  };
}

const kinds = { zero: 'cc0', by: 'by', 'by-nc': 'by-nc' } as const;

/** A licence is told by its address: `…/licenses/by/4.0/`. */
function kindOf(address: string): { kind: FreesoundLicence; version: string } | null {
  const [, word = '', version = ''] = /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/.exec(address) ?? [];
  return word === 'zero' || word === 'by' || word === 'by-nc' ? { kind: kinds[word], version } : null;
}

function nameOfLicence(address: string): string {
  const known = kindOf(address);
  if (known === null) return address;
  return known.kind === 'cc0' ? `CC0-${known.version}` : `CC-${known.kind.toUpperCase()}-${known.version}`;
}

function isOfLicence({ license }: FreesoundSound, licence: FreesoundLicence): boolean {
  return kindOf(license)?.kind === licence;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A full disk, a folder that may not be written: of the next sound nothing better is to be expected. */
function isOfThisMachine(error: unknown): boolean {
  return ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EIO'].includes(Object(error).code);
}
