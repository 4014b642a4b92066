import { z } from 'zod';
import { eachChunk, once } from '../job.js';
import { defineKind } from '../kind.js';
import { defineTask } from '../task.js';
import { extractLibraryVectors, lookCounts, lookInput, seed } from './library-vectors.js';

/** Points of a map at most. */
export const mostMapped = 20_000;

const mapOptions = z.strictObject({
  embedder: z.string().min(1).max(80).default('sound-97@1').meta({ description: 'What makes directions of sounds' }),
  neighbours: z.int().min(2).max(100).default(15).meta({ description: 'Few show small groups, many the whole' }),
  seed,
});

const mapPoint = z.object({ clipId: z.uuid(), genre: z.string().nullable(), x: z.number(), y: z.number() });

export const libraryMap = lookCounts.extend({
  ...mapOptions.shape,
  landmarks: z.int().nonnegative().meta({ description: 'Samples by which the map was made; others were placed among them' }),
  trustworthiness: z
    .number()
    .nullable()
    .meta({ description: 'Whether neighbours on the map are neighbours: 1 if all are, 0.5 by chance; null of fewer samples than say' }),
  points: z.array(mapPoint).max(mostMapped).meta({ description: 'In the order of the ids; both axes from −1 to 1' }),
});
export type LibraryMap = z.output<typeof libraryMap>;

/** As it is read later: with the names that the samples have then. */
export const namedLibraryMap = libraryMap.extend({ points: z.array(mapPoint.extend({ filename: z.string() })).max(mostMapped) });
export type NamedLibraryMap = z.output<typeof namedLibraryMap>;

export const drawMap = defineTask({
  name: 'library.map',
  queue: 'index',
  slot: 'long',
  progressSeconds: 600,
  summary: 'Places the samples of the library on a map',
  input: mapOptions.extend(lookInput.shape),
  output: libraryMap,
  errors: ['EMBEDDER_NOT_FOUND', 'TRAINING_DATA_UNFIT'],
});

/** Draws a map of the library. */
export const libraryMapJob = defineKind({
  kind: 'library-map',
  route: 'library/map',
  noun: 'LibraryMap',
  summary: 'Draws a map of the library, on which what sounds alike lies together',
  description: `In two dimensions, by UMAP on the vectors of an embedder; of up to ${mostMapped.toLocaleString('en')} samples, spread over the library where there are more. The newest one is answered by \`GET\`.`,
  over: 'dataset',
  input: mapOptions,
  stages: [eachChunk(extractLibraryVectors, { items: 16, name: 'features' }), once(drawMap, { name: 'map' })],
  result: libraryMap,
  problems: ['EMBEDDER_NOT_FOUND', 'DATASET_TOO_SMALL'],
  example: {
    input: {},
    item: { copies: 0 },
    result: {
      samples: 120,
      withoutVector: 0,
      considered: 120,
      embedder: 'sound-97@1',
      neighbours: 15,
      seed: 42,
      landmarks: 120,
      trustworthiness: 0.97,
      points: [{ clipId: '0199c2f0-5d0e-7c3a-9b1e-2f4a6c8e0d12', genre: 'techno', x: 0.41, y: -0.27 }],
    },
  },
});
