import { EarshotError, float32Of } from '@earshot/contracts';
import { Database, DerivedRepository, pagesOf, type ReadItem, SampleRepository } from '@earshot/database';
import { Matrix } from '@earshot/learning';
import type { TaskContext } from '@earshot/queue';
import { type BlobStore, readPlace } from '@earshot/storage';
import { blobStore } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { Thinned } from '../thinned.js';

export interface LibrarySample {
  clipId: string;
  filename: string;
  genre: string | null;
}

/** The library as one matrix: a row for each sample, in the order of their ids. */
export interface LibraryVectors {
  vectors: Matrix;
  samples: LibrarySample[];
  counts: { samples: number; withoutVector: number; considered: number };
}

interface Wanted {
  profileHash: string;
  /** Rows at most: where there are more vectors, every second, fourth, … is taken. */
  most: number;
}

type Context = Pick<TaskContext<never>, 'workspaceId' | 'signal' | 'readItems'>;

const itemsPerPage = 1_000;

/** Reads what is kept of the samples that a job is over. */
@Injectable()
export class LibraryReader {
  constructor(
    private readonly database: Database,
    @Inject(blobStore) private readonly store: BlobStore,
  ) {}

  async read({ profileHash, most }: Wanted, { workspaceId, signal, readItems }: Context): Promise<LibraryVectors> {
    const kept = new Thinned<{ sample: LibrarySample; row: Float32Array }>(most);
    let [total, found] = [0, 0];
    for await (const page of pagesOf(readItems(itemsPerPage), itemsPerPage)) {
      total += page.length;
      const rows = await this.rowsOf(page, profileHash, workspaceId);
      found += rows.length;
      for (const row of rows) kept.add(row);
      signal.throwIfAborted();
    }
    const rows = kept.values;
    return {
      vectors: Matrix.of(rows.map(({ row }) => row)),
      samples: rows.map(({ sample }) => sample),
      counts: { samples: total, withoutVector: total - found, considered: rows.length },
    };
  }

  /** Of those that are still in the library and have a vector. */
  private async rowsOf(items: readonly ReadItem[], profileHash: string, workspaceId: string) {
    const readable = items.filter(({ state }) => state === 'succeeded');
    const hashes = new Set(readable.flatMap(({ sha256 }) => sha256 ?? []));
    const [samples, derived] = await Promise.all([
      new SampleRepository(this.database, workspaceId).ofClips(readable.flatMap(({ clipId }) => clipId ?? [])),
      new DerivedRepository(this.database, workspaceId).find([...hashes], [profileHash]),
    ]);
    const vectorOf = new Map(derived.map((one) => [one.sha256, one]));
    return Promise.all(
      samples.flatMap(({ clipId, filename, genre, sha256 }) => {
        const vector = vectorOf.get(sha256);
        return vector === undefined
          ? []
          : [
              readPlace(this.store, workspaceId, vector.place).then((bytes) => ({
                sample: { clipId, filename, genre },
                row: float32Of(bytes),
              })),
            ];
      }),
    );
  }
}

/** Refuses a library of which nothing can be said. */
export function atLeast(least: number, { considered }: LibraryVectors['counts']): void {
  if (considered < least)
    throw new EarshotError('TRAINING_DATA_UNFIT', `${considered} samples of the library have a vector; ${least} are needed to compare`);
}
