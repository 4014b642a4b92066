import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { EarshotError } from '@earshot/contracts';
import { blobKey, checkWorkspaceId, parseBlobKey } from './blob-key.js';
import type { BlobRef, BlobStore, ByteRange, ListedBlob, LocalFile, PutOptions, StoredBlob } from './blob-store.js';
import { readBody } from './body.js';
import { Parts } from './parts.js';
import { type S3Body, S3Bucket, type S3Settings } from './s3-bucket.js';
import { s3Error, statusOf } from './s3-error.js';
import { S3Removal } from './s3-removal.js';
import { missingBlob, unsatisfiable, withCodedErrors } from './storage-error.js';

export interface S3StoreSettings extends S3Settings {
  /** A local folder: large bodies wait here until their hash, and so their key, is known; local copies lie here too. */
  spoolFolder: string;
  /** Returns the free bytes of the spool's disk. Default: asks the system. */
  freeBytes?: () => Promise<number>;
}

/** Blobs as objects under `<workspaceId>/<2 digits>/<sha256>`. The LastModified of an object is the touch time of its blob. */
export class S3BlobStore implements BlobStore {
  readonly #bucket: S3Bucket;
  readonly #removal: S3Removal;
  readonly #spool: Parts;

  constructor({ spoolFolder, freeBytes, ...s3 }: S3StoreSettings) {
    this.#bucket = new S3Bucket(s3);
    this.#removal = new S3Removal(this.#bucket);
    this.#spool = new Parts(spoolFolder, freeBytes);
  }

  async put(workspaceId: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredBlob> {
    checkWorkspaceId(workspaceId);
    const body = await readBody(bytes, options);
    if (body instanceof Uint8Array) {
      const blob = { sha256: hash('sha256', body, 'hex'), sizeBytes: body.length };
      await this.#store(workspaceId, blob, () => body, options.signal);
      return blob;
    }
    const { path, ...blob } = await this.#spool.writeStream(body);
    try {
      await this.#store(workspaceId, blob, () => createReadStream(path), options.signal);
      return blob;
    } finally {
      await this.#spool.discard(path);
    }
  }

  async read(ref: BlobRef, range?: ByteRange): Promise<Readable> {
    const key = blobKey(ref);
    if (range && !(range.start >= 0 && range.start <= range.end)) throw unsatisfiable(range, '…');
    try {
      const body = await this.#bucket.get(key, range && `bytes=${range.start}-${range.end}`);
      if (body === null) throw missingBlob(ref.sha256);
      return withCodedErrors(body, (error) => s3Error(`reading ${key}`, error));
    } catch (error) {
      if (range && error instanceof EarshotError && statusOf(error.cause) === 416) throw unsatisfiable(range, 'fewer', error);
      throw error;
    }
  }

  /** A copy, whole and checked against its hash. */
  async localFile(ref: BlobRef): Promise<LocalFile> {
    const { path, sha256 } = await this.#spool.writeStream(await this.read(ref));
    const release = () => this.#spool.discard(path);
    if (sha256 === ref.sha256) return { path, release };
    await release();
    throw new EarshotError('STORAGE_UNAVAILABLE', `the blob ${ref.sha256} arrived with the hash ${sha256}`);
  }

  async exists(ref: BlobRef): Promise<boolean> {
    return (await this.#bucket.head(blobKey(ref))) !== null;
  }

  remove(ref: BlobRef, { untouchedSince }: { untouchedSince: Date }): Promise<boolean> {
    return this.#removal.remove(blobKey(ref), untouchedSince);
  }

  async *list(): AsyncIterable<ListedBlob> {
    for await (const { key, sizeBytes, modifiedAt } of this.#bucket.list('')) {
      const ref = parseBlobKey(key);
      if (ref) yield { ...ref, sizeBytes, touchedAt: modifiedAt };
    }
  }

  async sweepParts(olderThan: Date): Promise<number> {
    return (await this.#spool.sweep(olderThan)) + (await this.#removal.sweep(olderThan));
  }

  async ping(): Promise<void> {
    await this.#bucket.ping();
    await this.#spool.checkRoom();
  }

  async close(): Promise<void> {
    this.#bucket.close();
  }

  /** Always sends the bytes, even when the object exists: it renews the time, and the service checks the hash. */
  async #store(workspaceId: string, { sha256, sizeBytes }: StoredBlob, open: S3Body['open'], signal?: AbortSignal): Promise<void> {
    const key = blobKey({ workspaceId, sha256 });
    for (let round = 1; round <= 3; round++) {
      await this.#bucket.put(key, { sizeBytes, sha256, open }, signal);
      await this.#removal.settled(key);
      const stored = await this.#bucket.head(key);
      if (stored?.sizeBytes === sizeBytes) return;
    }
    throw new EarshotError('STORAGE_UNAVAILABLE', `${key} is not there after it was stored`);
  }
}
