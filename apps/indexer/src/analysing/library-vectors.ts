import { EarshotError } from '@earshot/contracts';
import { Database, DerivedRepository, pagesOf, type ReadItem, SampleRepository } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import { Matrix } from '@earshot/learning';
import type { TaskContext } from '@earshot/queue';
import { type BlobStore, readVector } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
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
  /** Its name, and under what its vectors are kept. */
  profile: string;
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
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async read({ profile, profileHash, most }: Wanted, { workspaceId, signal, readItems }: Context): Promise<LibraryVectors> {
    const kept = new Thinned<{ sample: LibrarySample; row: Float32Array }>(most);
    const recipe = { hash: profileHash, columns: columnNames(getProfile(profile)).length };
    let [total, found] = [0, 0];
    for await (const page of pagesOf(readItems(itemsPerPage), itemsPerPage)) {
      total += page.length;
      const rows = await this.rowsOf(page, recipe, workspaceId);
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
  private async rowsOf(items: readonly ReadItem[], { hash, columns }: { hash: string; columns: number }, workspaceId: string) {
    const readable = items.filter(({ state }) => state === 'succeeded');
    const hashes = new Set(readable.flatMap(({ sha256 }) => sha256 ?? []));
    const [samples, derived] = await Promise.all([
      new SampleRepository(this.database, workspaceId).ofClips(readable.flatMap(({ clipId }) => clipId ?? [])),
      new DerivedRepository(this.database, workspaceId).find([...hashes], [hash]),
    ]);
    const placeOf = new Map(derived.map(({ sha256, place }) => [sha256, place]));
    const rows = await Promise.all(
      samples.map(async ({ clipId, filename, genre, sha256 }) => {
        const place = placeOf.get(sha256);
        const row = place === undefined ? null : await readVector(this.store, workspaceId, place, columns);
        return row === null ? [] : [{ sample: { clipId, filename, genre }, row }];
      }),
    );
    return rows.flat();
  }
}

/** Refuses a library of which nothing can be said. */
export function atLeast(least: number, { considered }: LibraryVectors['counts']): void {
  if (considered < least)
    throw new EarshotError('TRAINING_DATA_UNFIT', `${considered} samples of the library have a vector; ${least} are needed to compare`);
}
