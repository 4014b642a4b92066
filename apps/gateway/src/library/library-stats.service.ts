import type { LibraryStats } from '@earshot/contracts';
import type { IndexVersionRow, SampleStats, WordCount, Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import { WORKSPACE } from '../tokens.js';
import { HeldCount } from './held-count.js';
import { dimensionsOf } from './library-profiles.js';

/** What is in the library, and in its indexes. */
@Injectable()
export class LibraryStatistics {
  private readonly counts: HeldCount<{ stats: SampleStats; countedAt: Date }>;

  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {
    this.counts = new HeldCount(async () => {
      const countedAt = new Date();
      return { stats: await workspace.samples.stats(), countedAt };
    });
  }

  async read(): Promise<LibraryStats> {
    const [{ stats, countedAt }, versions] = await Promise.all([this.counts.read(), this.workspace.indexes.list()]);
    const { samples, genres, tags, licences, authors, durations } = stats;
    return {
      samples,
      countedAt: countedAt.toISOString(),
      genres: genres.map(({ word, samples }) => ({ genre: word, samples })),
      tags: tags.flatMap(({ word, samples }: WordCount) => (word === null ? [] : [{ tag: word, samples }])),
      licences: licences.map(({ word, samples }) => ({ licence: word, samples })),
      authors: authors.map(({ word, samples }) => ({ author: word, samples })),
      durations,
      indexes: await Promise.all(
        versions.flatMap((version) => (version.state === 'retired' ? [] : [this.indexOf(version, version.state)])),
      ),
    };
  }

  private async indexOf({ id, embedder, metric, number, createdAt }: IndexVersionRow, state: 'building' | 'live') {
    const { applied, due } = await this.workspace.indexes.entriesOf(id).counts();
    return {
      embedder,
      dimensions: dimensionsOf(embedder),
      metric,
      indexVersion: number,
      state,
      samples: applied,
      due,
      createdAt: createdAt.toISOString(),
    };
  }
}
