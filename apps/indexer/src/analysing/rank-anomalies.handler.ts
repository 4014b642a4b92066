import { anomaliesShown, genresShown, type LibraryAnomalies, mostCompared, rankAnomalies, type TaskInput } from '@earshot/contracts';
import { columnNames, getProfile } from '@earshot/features';
import { type Anomaly, anomaliesByForest, embedders, findAnomalies, type GroupedVectors, type Steps } from '@earshot/learning';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { inSlices } from './in-slices.js';
import { atLeast, LibraryReader, type LibrarySample } from './library-vectors.js';

type Input = TaskInput<typeof rankAnomalies>;

@Injectable()
@Handles(rankAnomalies)
export class RankAnomaliesHandler implements TaskHandler<typeof rankAnomalies> {
  constructor(private readonly library: LibraryReader) {}

  async run(input: Input, context: TaskContext<typeof rankAnomalies>): Promise<void> {
    const { method, contamination, seed, profile, profileHash } = input;
    const { vectors, samples, counts } = await this.library.read({ profile, profileHash, most: mostCompared }, context);
    atLeast(2, counts);
    const genres = new Map([...new Set(samples.map(({ genre }) => genre))].filter((genre) => genre !== null).map((genre, i) => [genre, i]));
    const groups = Int32Array.from(samples, ({ genre }) => (genre === null ? -1 : (genres.get(genre) ?? -1)));
    const ranked = await inSlices(ranking({ vectors, columns: columnNames(getProfile(profile)) ?? [], groups }, input), context);
    const held = Math.round(contamination * samples.length);
    context.output({
      ...counts,
      ...{ method, contamination, seed, profile },
      byGenre: countByGenre(samples, ranked.slice(0, held)),
      anomalies: ranked.slice(0, anomaliesShown).map(({ row, rank, rankInGroup, score, among, faults, reasons }) => ({
        ...sampleOf(samples, row),
        ...{ rank, rankInGenre: rankInGroup, score, isAnomalous: rank <= held, faults, features: reasons },
        among: among === 'group' ? 'genre' : 'all',
      })),
    });
  }
}

function ranking(collection: GroupedVectors, { method, seed, profile }: Input): Steps<Anomaly[]> {
  const embedder = embedders.find((one) => one.profile === profile);
  return method === 'neighbours'
    ? findAnomalies(collection, { explained: anomaliesShown, seed, embedder })
    : anomaliesByForest(collection, { explained: anomaliesShown, seed });
}

function sampleOf(samples: readonly LibrarySample[], row: number): LibrarySample {
  const sample = samples[row];
  if (sample === undefined) throw new RangeError(`There is no sample ${row}`);
  return sample;
}

function countByGenre(samples: readonly LibrarySample[], held: readonly Anomaly[]): LibraryAnomalies['byGenre'] {
  const counts = new Map<string | null, { samples: number; anomalies: number }>();
  for (const { genre } of samples) {
    const of = counts.get(genre) ?? { samples: 0, anomalies: 0 };
    counts.set(genre, { ...of, samples: of.samples + 1 });
  }
  for (const { row } of held) {
    const of = counts.get(sampleOf(samples, row).genre);
    if (of !== undefined) of.anomalies += 1;
  }
  const genres = [...counts].map(([genre, of]) => ({ genre, ...of }));
  return genres.toSorted((a, b) => b.samples - a.samples || (a.genre ?? '').localeCompare(b.genre ?? '')).slice(0, genresShown);
}
