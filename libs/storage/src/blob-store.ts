import type { Readable } from 'node:stream';

/** Names one blob: the content hash inside a workspace. */
export interface BlobRef {
  workspaceId: string;
  /** Lower-case hexadecimal SHA-256 of the bytes. */
  sha256: string;
}

export interface StoredBlob {
  sha256: string;
  sizeBytes: number;
}

export interface ListedBlob extends BlobRef {
  sizeBytes: number;
  /** When the bytes were last put. */
  touchedAt: Date;
}

export interface PutOptions {
  /** More bytes than this are refused with FILE_TOO_LARGE. Default: no limit. */
  maxBytes?: number;
  /** So much of a stream is collected, to be written at once if there is no more. Default and limit: 1 MiB. */
  holdBytes?: number | undefined;
  signal?: AbortSignal;
}

/** Both ends are inclusive, as in HTTP; an end past the last byte means the last byte. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Bytes by content hash. Whatever a store cannot do is an EarshotError; what it lacks although asked for is BLOB_LOST. */
export interface BlobStore {
  /** Stores bytes durably: when it returns they survive a power cut. The same bytes again are harmless and renew the touch time. */
  put(workspaceId: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredBlob>;
  read(ref: BlobRef, range?: ByteRange): Promise<Readable>;
  /** A real file to hand to a child process; call `release` when done. Only read it: it may be the blob itself. */
  localFile(ref: BlobRef): Promise<LocalFile>;
  exists(ref: BlobRef): Promise<boolean>;
  /** Removes the blob unless it was put again since; true when it was there and is gone. See `wasTouched` for the tolerance. */
  remove(ref: BlobRef, options: { untouchedSince: Date }): Promise<boolean>;
  list(): AsyncIterable<ListedBlob>;
  /** Clears what puts and removals that never ended left behind before this moment; returns how many leftovers there were. */
  sweepParts(olderThan: Date): Promise<number>;
  /** Throws STORAGE_UNAVAILABLE when the store does not answer, STORAGE_REFUSED when it answers that it will not have us, STORAGE_FULL. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface LocalFile {
  path: string;
  release(): Promise<void>;
}

// S3 and some file systems keep whole seconds (FAT: two), and Linux stamps files with a clock that ticks every 4 ms.
const touchToleranceMs = 2_000;

/** Whether a blob counts as put again since: in doubt, within 2 s, it does. */
export function wasTouched(touchedAt: Date, since: Date): boolean {
  return touchedAt.getTime() >= since.getTime() - touchToleranceMs;
}
