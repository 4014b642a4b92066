import { embedders } from '@earshot/learning';
import type { Evidence, IndexVersion, LibraryRows } from '../evidence.js';
import { type Finding, violationOf } from '../finding.js';

/** The library has the samples that were added and have not left it, each with what was said of it last; what was asked for has become an index. */
export function libraryIsAsTold({ history, library, rows }: Evidence): Finding {
  const genreOf = new Map(library.samples.map(({ clipId, genre }) => [clipId, genre]));
  const known = [...history.samples.values()];
  const other = known.filter(({ clipId, genre, isIn }) => genreOf.get(clipId) !== (isIn ? genre : undefined));
  const nobodys = library.samples.filter(({ clipId }) => !history.samples.has(clipId));
  const stateOf = new Map(rows.jobs.map(({ id, state }) => [id, state]));
  const notMade = history.rebuilds.filter((id) => stateOf.get(id) !== 'succeeded').map((id) => ({ id, state: stateOf.get(id) }));
  return {
    figures: { samples: library.samples.length, samplesGone: known.length - library.samples.length, rebuilds: history.rebuilds.length },
    violations: [
      ...violationOf('samples are not in the library as it was told last', other),
      ...violationOf('samples are in the library that nobody was told of', nobodys),
      ...violationOf('indexes were asked for and not made', notMade),
    ],
  };
}

/** There is one index by each embedder, which has the samples of the library as they are now and nothing else, and no other collection. */
export function indexesEqualTheRows({ library }: Pick<Evidence, 'library'>): Finding {
  const { samples, versions, collections } = library;
  const wanted = samples.length === 0 ? [] : embedders.map(({ name }) => name);
  const odd = versions.filter(({ embedder, isLive }) => !isLive || !wanted.includes(embedder)).map(({ collection }) => collection);
  const lacking = wanted.filter((name) => versions.filter(({ embedder, isLive }) => isLive && embedder === name).length !== 1);
  const named = new Set(versions.map(({ collection }) => collection));
  const left = collections.filter(({ name }) => !named.has(name)).map(({ name }) => name);
  return {
    figures: { indexes: versions.length, vectors: collections.reduce((sum, { clipIds }) => sum + clipIds.length, 0) },
    violations: [
      ...violationOf('versions of indexes are there that are not asked any more', odd),
      ...violationOf('embedders have not one index', lacking),
      ...violationOf('collections are there that no version of an index names', left),
      ...versions.flatMap((version) => differences(version, library)),
    ],
  };
}

/** A sample is what its own sound finds first, and who has left the library was never found again. */
export function searchesFindWhatIsThere({ history, finds }: Evidence): Finding {
  const missed = finds.filter(({ clipId, first, distance }) => first !== clipId || distance === null || distance > farthestSelf);
  const ghosts = finds.filter(({ found }) => found.some((id) => history.samples.get(id)?.isIn !== true));
  return {
    figures: { finds: finds.length },
    violations: [
      ...violationOf('samples are not what is found first by their own sound', missed),
      ...violationOf('searches found what is not in the library', ghosts),
      ...violationOf('searches were answered wrongly meanwhile', history.wrongFinds),
    ],
  };
}

/** Of a sample from the vector of its own sound: Chroma computes in single precision. */
const farthestSelf = 1e-5;

function differences({ collection, entries }: IndexVersion, { samples, collections }: LibraryRows): string[] {
  const due = entries.filter(({ isApplied }) => !isApplied);
  const wanted = entries.filter((entry) => entry.wanted).map(({ clipId }) => clipId);
  const held = collections.find(({ name }) => name === collection)?.clipIds ?? [];
  const there = samples.map(({ clipId }) => clipId);
  return [
    ...violationOf(`changes were not followed by ${collection}`, due),
    ...violationOf(`samples differ between the library and the entries of ${collection}`, differing(there, wanted)),
    ...violationOf(`samples differ between the library and what Chroma has as ${collection}`, differing(there, held)),
  ];
}

/** What is in one of the two, or twice in the second. */
function differing(one: readonly string[], other: readonly string[]): string[] {
  return [...one.filter((id) => !other.includes(id)), ...other.filter((id, i) => !one.includes(id) || other.indexOf(id) !== i)];
}
