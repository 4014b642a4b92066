import { z } from 'zod';
import { eachChunk } from '../job.js';
import { defineKind } from '../kind.js';
import { similarQuery, similarSamples } from '../resources/sample-search.js';
import { defineTask } from '../task.js';
import { clipErrors } from './clip-errors.js';

export const searchSamples = defineTask({
  name: 'clips.search',
  queue: 'extract',
  summary: 'Finds the samples that sound like each clip of one chunk',
  input: z.strictObject(similarQuery),
  itemResult: similarSamples,
  itemErrors: [...clipErrors, 'FEATURE_NOT_COMPUTABLE', 'INDEX_UNAVAILABLE'],
  errors: ['EMBEDDER_NOT_FOUND'],
});

/** Finds what sounds like a clip. */
export const searchSamplesJob = defineKind({
  kind: 'search-samples',
  route: 'library/search',
  noun: 'SampleSearch',
  summary: 'Finds the samples of the library that sound like clips',
  description:
    'The vector of each clip is computed, unless it is known, and compared with those of the samples. A clip of the library finds itself first; a sample that was deleted is never found.',
  over: 'clips',
  input: searchSamples.input,
  stages: [eachChunk(searchSamples, { items: 8 })],
  csvColumns: ['embedder', 'indexVersion', 'metric'],
  problems: ['EMBEDDER_NOT_FOUND', 'INDEX_UNAVAILABLE'],
  example: {
    input: { n: 1, genre: 'techno' },
    item: {
      embedder: 'sound-97@1',
      indexVersion: 2,
      metric: 'cosine',
      results: [
        {
          clipId: '0199c2f0-5d0e-7c3a-9b1e-2f4a6c8e0d12',
          filename: 'kick-07.flac',
          genre: 'techno',
          group: null,
          tags: ['kick'],
          licence: 'CC0-1.0',
          author: null,
          source: null,
          url: null,
          durationSeconds: 0.4,
          metadata: {},
          distance: 0.031,
          similarity: 0.969,
        },
      ],
      copies: [],
    },
  },
});
