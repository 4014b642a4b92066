import { type ClipResource, type Kind, planOf } from '@earshot/contracts';
import { mfcc49x40, talent37 } from '@earshot/features';
import { clipResource } from '../clips/clip-resource.js';
import { countsOf, newJobResource } from '../jobs/job-resource.js';
import { profileResource } from '../profiles/profile-resource.js';

const createdAt = new Date('2026-11-21T10:15:00.000Z');
const clipId = '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a';
const jobId = '019aa5c4-3a07-7c55-8e21-94d3b7a6f150';
const metadata = { project: 'demo' };

const clip: ClipResource = clipResource({
  id: clipId,
  filename: 'take 1.wav',
  sizeBytes: 44_144,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  createdAt,
});

const sha256 = clip.sha256;
const at = createdAt.toISOString();
const entry = { clipId, filename: 'good_take 1.wav', sha256, sizeBytes: 44_144, label: 'good', group: 'singer 7', fold: null };
const self = '/api/v1/datasets/voices';
const dataset = {
  name: 'voices',
  description: 'Takes of the autumn term',
  revision: 3,
  createdAt: at,
  updatedAt: at,
  counts: { clips: 41, unlabelled: 1, labels: { bad: 18, good: 22 } },
  links: { self, clips: `${self}/clips`, versions: `${self}/versions` },
};
const { counts: _, ...listed } = dataset;
const sampleSaid = {
  genre: 'techno',
  group: 'warehouse pack',
  tags: ['loop', 'dark'],
  licence: 'CC0-1.0',
  author: 'someone',
  source: 'freesound',
  url: 'https://freesound.org/s/1234/',
  metadata: { bpm: 128 },
};
const sample = {
  clipId,
  filename: 'kick loop.wav',
  sha256,
  sizeBytes: 44_144,
  ...sampleSaid,
  durationSeconds: 2.5,
  revision: 1,
  addedAt: at,
  updatedAt: at,
  links: { self: `/api/v1/library/clips/${clipId}`, clip: `/api/v1/clips/${clipId}`, audio: `/api/v1/clips/${clipId}/audio` },
};
const version = {
  id: '019aa5c4-51d2-7b0e-8a66-2f7d1c9e0b34',
  number: 2,
  hash: '1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014',
  clips: 40,
  labels: { bad: 18, good: 22 },
  lost: 0,
  createdAt: at,
  links: { self: `${self}/versions/2`, clips: `${self}/versions/2/clips` },
};
const { sizeBytes: __, ...known } = entry;
const member = { index: 0, ...known, lost: false };
const side = (clips: number, groups: number, bad: number) => ({ clips, groups, labels: { bad, good: clips - bad } });

const datasetExamples = {
  NewDataset: { name: 'voices', description: 'Takes of the autumn term' },
  DatasetChange: { description: 'Takes of the autumn term' },
  Dataset: dataset,
  DatasetPage: { items: [listed], nextCursor: null },
  SampleLine: { clipId, ...sampleSaid },
  SampleLines: { samples: [{ clipId, ...sampleSaid }] },
  SampleChange: { genre: 'house', tags: ['loop'], licence: null },
  Sample: sample,
  SamplePage: { items: [sample], nextCursor: null },
  LibraryStats: {
    samples: 3,
    genres: [
      { genre: 'techno', samples: 2 },
      { genre: null, samples: 1 },
    ],
    tags: [{ tag: 'loop', samples: 2 }],
    licences: [{ licence: 'CC0-1.0', samples: 3 }],
    authors: [{ author: 'someone', samples: 3 }],
    durations: { samples: 3, totalSeconds: 9, shortestSeconds: 2, medianSeconds: 3, longestSeconds: 4 },
    indexes: [
      {
        embedder: 'electro-45@1',
        dimensions: 45,
        metric: 'cosine',
        indexVersion: 1,
        state: 'live',
        samples: 3,
        due: 0,
        createdAt: at,
      },
    ],
  },
  OldSampleStats: {
    total_samples: 3,
    genres: { techno: 2 },
    embedding_dimension: 45,
    indexes: [{ embedder: 'electro-45@1', embedding_dimension: 45, metric: 'cosine', index_version: 1, samples: 3 }],
  },
  DatasetEntry: { clipId, label: 'good', group: 'singer 7' },
  DatasetEntries: { entries: [{ clipId, label: 'good', group: 'singer 7' }] },
  DatasetRemoval: { clipIds: [clipId] },
  DatasetClip: entry,
  DatasetClipPage: { items: [entry], nextCursor: null },
  EntriesChanged: { added: 1, changed: 0, items: [entry] },
  EntriesRemoved: { removed: 1 },
  DatasetVersion: version,
  DatasetVersionPage: { items: [version], nextCursor: null },
  DatasetMember: member,
  DatasetMemberPage: { items: [member], nextCursor: null },
  SplitPreview: {
    seed: 42,
    testShare: 0.2,
    random: { training: side(32, 8, 14), test: side(8, 6, 4), groupsOnBothSides: 6 },
    grouped: { training: side(32, 6, 14), test: side(8, 2, 4), groupsOnBothSides: 0 },
  },
};

/** One real case of each schema, by its name; a spec holds them against the schemas. */
export function examplesOf(kinds: readonly Kind[]): Record<string, unknown> {
  const ofKinds = kinds.map(examplesOfKind);
  const [first] = kinds;
  return {
    Clip: clip,
    ClipUpload: { items: [clip] },
    ClipPage: { items: [clip], nextCursor: null },
    ClipLine: { clipId, customId: 'take 1' },
    Vector: { profile: mfcc49x40.id, hash: mfcc49x40.hash, shape: [3], columns: null, values: [0.25, -1.5, 3] },
    Profile: profileResource(talent37),
    ProfileList: { items: [profileResource(talent37)] },
    ...datasetExamples,
    ...Object.assign({}, ...ofKinds),
    ...(first === undefined ? {} : unionsOf(first)),
  };
}

function examplesOfKind(kind: Kind): Record<string, unknown> {
  const { noun, over, example } = kind;
  const stages = planOf(kind);
  const item = {
    index: 0,
    customId: 'take 1',
    clipId,
    filename: 'take 1.wav',
    state: 'succeeded',
    result: example.item ?? null,
    error: null,
  };
  const total = over === 'clips' ? 1 : 0;
  const job = newJobResource({ id: jobId, kind: kind.kind, metadata, retryOf: null, deadlineAt: null, stages }, total, createdAt);
  const counts = countsOf({ state: 'succeeded', total, succeeded: total, failed: 0 });
  const head = { jobId, kind: kind.kind, state: 'succeeded', counts, ...(example.result === undefined ? {} : { result: example.result }) };
  const ids = over === 'clips' ? { clipIds: [clipId], customIds: ['take 1'] } : {};
  return {
    [`${noun}Job`]: job,
    [`${noun}ItemPage`]: { kind: kind.kind, items: total === 0 ? [] : [item], nextCursor: null },
    [`${noun}Result`]: over === 'clips' ? { ...head, items: [item], nextCursor: null } : head,
    [`${noun}Request`]: { ...ids, metadata, ...example.input },
  };
}

/** Shown where an answer may be of any kind: a case of the first one. */
function unionsOf(kind: Kind): Record<string, unknown> {
  const examples = examplesOfKind(kind);
  const job = examples[`${kind.noun}Job`];
  return {
    Job: job,
    JobPage: { items: [job], nextCursor: null },
    ItemPage: examples[`${kind.noun}ItemPage`],
    JobResult: examples[`${kind.noun}Result`],
  };
}
