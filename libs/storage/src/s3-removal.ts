// S3 cannot delete "unless it was put again": the ETag of the same bytes is the same, and If-Match on the time exists in directory buckets
// only. So a removal announces itself by a marker object first, and a put looks for markers after it has written:
//   removal: write the marker, look at the blob's time, delete the blob, delete the marker
//   put:     write the blob, wait until no marker is there, look whether the blob is, else start again
// A put that wrote before the removal looked is seen by it; one that wrote later sees the marker, or looks after the deletion.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { wasTouched } from './blob-store.js';
import type { S3Bucket } from './s3-bucket.js';

const markerPrefix = 'removing/';
const removalLimitMs = 10_000;
/** Longer than any removal takes: a marker that is still there belongs to a process that died. */
const patienceMs = 15_000;

export class S3Removal {
  constructor(private readonly bucket: S3Bucket) {}

  async remove(key: string, untouchedSince: Date): Promise<boolean> {
    if (!(await this.#isRemovable(key, untouchedSince))) return false;
    const marker = `${markerPrefix}${key}/${randomUUID()}`;
    const signal = AbortSignal.timeout(removalLimitMs);
    await this.bucket.put(marker, { sizeBytes: 0, open: () => Buffer.alloc(0) }, signal);
    const isRemovable = await this.#isRemovable(key, untouchedSince);
    // When this throws, the deletion may still happen, so the marker stays: a put of these bytes waits, and the sweep clears it.
    signal.throwIfAborted();
    if (isRemovable) await this.bucket.remove(key, signal);
    await this.bucket.remove(marker);
    return isRemovable;
  }

  /** Returns when no removal of the key is under way. */
  async settled(key: string): Promise<void> {
    const prefix = `${markerPrefix}${key}/`;
    const giveUpAt = performance.now() + patienceMs;
    while (await this.bucket.isAny(prefix)) {
      if (performance.now() > giveUpAt) await this.#clear(prefix);
      await delay(100);
    }
  }

  /** Deletes markers of removals that died; returns how many. */
  async sweep(olderThan: Date): Promise<number> {
    return this.#clear(markerPrefix, olderThan);
  }

  async #isRemovable(key: string, untouchedSince: Date): Promise<boolean> {
    const object = await this.bucket.head(key);
    return object !== null && !wasTouched(object.modifiedAt, untouchedSince);
  }

  async #clear(prefix: string, olderThan?: Date): Promise<number> {
    let cleared = 0;
    for await (const { key, modifiedAt } of this.bucket.list(prefix)) {
      if (olderThan && modifiedAt >= olderThan) continue;
      await this.bucket.remove(key);
      cleared++;
    }
    return cleared;
  }
}
