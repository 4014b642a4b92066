// npm run bench -- anomalies [--data FOLDER] [--draws 20] [--seed 1]: faults are planted in a library of one folder a genre (library/),
// and looked for by neighbours and rules, and by the isolation forest: the share of them in the top decile, and whether the feature is named.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resample } from '@earshot/audio';
import { columnNames, electro45, extract, type Profile, pcmInMemory, sound97 } from '@earshot/features';
import {
  type Anomaly,
  anomaliesByForest,
  findAnomalies,
  finish,
  type GroupedVectors,
  getEmbedder,
  Matrix,
  Random,
} from '@earshot/learning';
import { oddities } from '../models/library/loops.js';
import { readClip } from '../parity/clip.js';
import { type LabelledLoop, type PlantedKind, plant, plantedKinds, tellingFeatures } from './anomalies/planting.js';

interface Loop extends LabelledLoop {
  name: string;
}

interface Sound extends Loop {
  vectors: Map<Profile, Float32Array>;
  kind: PlantedKind | null;
}

interface Finder {
  name: string;
  profile: Profile;
  find(collection: GroupedVectors, seed: number): Anomaly[];
}

const finders: readonly Finder[] = [
  {
    name: 'rules and neighbours',
    profile: sound97,
    find: (collection, seed) =>
      finish(findAnomalies(collection, { explained: collection.vectors.rows, seed, embedder: getEmbedder(sound97.id) })),
  },
  ...[sound97, electro45].map((profile) => ({
    name: `isolation forest on ${profile.id}`,
    profile,
    find: (collection: GroupedVectors, seed: number) => finish(anomaliesByForest(collection, { explained: collection.vectors.rows, seed })),
  })),
];

/** Of the default method. */
const goal = 0.9;
/** Planted at once: one of each kind, and as many as fill the top decile, of all kinds and of the hardest. */
const doses: readonly { name: string; kinds: readonly PlantedKind[]; of(sounds: number): number }[] = [
  { name: 'one of each kind', kinds: plantedKinds, of: () => plantedKinds.length },
  { name: 'as many as a decile', kinds: plantedKinds, of: (sounds) => Math.floor(sounds / 10) },
  { name: 'a decile of a wrong genre', kinds: ['wrong genre'], of: (sounds) => Math.floor(sounds / 10) },
];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'library' },
      draws: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
    },
  });
  const library = await readLibrary(values.data);
  tellOfOddities(library);
  const clean = library.filter(({ name }) => oddities[name] === undefined);
  console.log(`\n${clean.length} sounds without these, ${values.draws} draws: in the top decile (of its genre), and the feature named\n`);
  console.log(`| planted | by | ${plantedKinds.join(' | ')} | all | named |\n|---|---|${'---|'.repeat(plantedKinds.length + 2)}`);
  for (const dose of doses) {
    const drawings = Array.from({ length: Number(values.draws) }, (_, draw) => drawing(clean, dose, Number(values.seed), draw));
    for (const finder of finders) {
      const share = report(dose.name, finder, drawings);
      if (finder === finders[0] && dose === doses[0] && share < goal) process.exitCode = 1;
    }
  }
}

async function readLibrary(folder: string): Promise<Sound[]> {
  const sounds: Sound[] = [];
  for (const genre of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const file of readdirSync(join(folder, genre.name)).toSorted()) {
      const clip = await readClip(join(folder, genre.name, file));
      sounds.push(heard({ ...clip, genre: genre.name, name: file.replace(/\.\w+$/, '') }, null));
    }
  }
  return sounds;
}

function heard(loop: Loop, kind: PlantedKind | null): Sound {
  const { samples, sampleRate } = loop;
  const profiles = [sound97, electro45];
  const extractions = extract(profiles, (rate) => pcmInMemory(resample(samples, sampleRate, rate), rate));
  return { ...loop, kind, vectors: new Map(profiles.map((profile, i) => [profile, extractions[i]?.values ?? new Float32Array()])) };
}

/** The library with so many faults in it, of one kind after the other, in sounds that the draw chose. */
function drawing(clean: readonly Sound[], { kinds, of }: (typeof doses)[number], seed: number, draw: number): Sound[] {
  const sounds = [...clean];
  const genres = [...new Set(clean.map(({ genre }) => genre))];
  const chosen = new Random(seed, 'draw', draw).permutation(clean.length).subarray(0, of(clean.length));
  chosen.forEach((at, i) => {
    const [kind, sound] = [kinds[i % kinds.length], clean[at]];
    if (kind !== undefined && sound !== undefined) sounds[at] = heard(plant(sound, kind, genres, seed + draw, i), kind);
  });
  return sounds;
}

function collectionOf(sounds: readonly Sound[], profile: Profile): GroupedVectors {
  const genres = [...new Set(sounds.map(({ genre }) => genre))];
  return {
    vectors: Matrix.of(sounds.map(({ vectors }) => vectors.get(profile) ?? [])),
    columns: columnNames(profile),
    groups: Int32Array.from(sounds, ({ genre }) => genres.indexOf(genre)),
  };
}

function tellOfOddities(library: readonly Sound[]): void {
  console.log(`What is wrong in the ${library.length} on purpose:`);
  const found = finders[0]?.find(collectionOf(library, sound97), 1) ?? [];
  for (const [name, what] of Object.entries(oddities)) {
    const anomaly = found.find(({ row }) => library[row]?.name === name);
    if (anomaly === undefined) continue;
    const features = anomaly.reasons.slice(0, 3).map(({ feature }) => feature);
    console.log(
      `${name} (${what}): rank ${anomaly.rank}, in its genre ${anomaly.rankInGroup}; ${[...anomaly.faults, ...features].join(', ')}`,
    );
  }
}

/** A line of the table; the share of what was planted that is in the top decile. */
function report(dose: string, { name, profile, find }: Finder, drawings: readonly Sound[][]): number {
  const hits = new Map<PlantedKind, { planted: number; top: number; topOfGenre: number; named: number }>();
  drawings.forEach((sounds, draw) => {
    for (const { row, rank, rankInGroup, reasons } of find(collectionOf(sounds, profile), draw)) {
      const { kind, genre } = sounds[row] ?? { kind: null, genre: '' };
      if (kind === null) continue;
      const of = hits.get(kind) ?? { planted: 0, top: 0, topOfGenre: 0, named: 0 };
      const sameGenre = sounds.filter((sound) => sound.genre === genre).length;
      const telling = tellingFeatures[kind];
      hits.set(kind, {
        planted: of.planted + 1,
        top: of.top + Number(rank <= sounds.length / 10),
        topOfGenre: of.topOfGenre + Number((rankInGroup ?? Number.POSITIVE_INFINITY) <= Math.ceil(sameGenre / 10)),
        named: of.named + Number(telling === null || reasons.some(({ feature }) => telling.includes(feature))),
      });
    }
  });
  const sum = (value: 'planted' | 'top' | 'topOfGenre' | 'named') => [...hits.values()].reduce((all, of) => all + of[value], 0);
  const cell = (part: number, whole: number) => (whole > 0 ? (part / whole).toFixed(2) : '–');
  const cells = plantedKinds.map((kind) => {
    const { planted, top, topOfGenre } = hits.get(kind) ?? { planted: 0, top: 0, topOfGenre: 0 };
    return `${cell(top, planted)} (${cell(topOfGenre, planted)})`;
  });
  const all = `${cell(sum('top'), sum('planted'))} (${cell(sum('topOfGenre'), sum('planted'))})`;
  console.log(`| ${dose} | ${name} | ${cells.join(' | ')} | ${all} | ${cell(sum('named'), sum('planted'))} |`);
  return sum('top') / sum('planted');
}
