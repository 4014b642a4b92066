import { join } from 'node:path';
import type { BlobStore } from './blob-store.js';
import { FolderBlobStore } from './folder-store.js';
import type { S3Settings } from './s3-bucket.js';
import { S3BlobStore } from './s3-store.js';

export interface BlobStoreSettings {
  /** Where blobs lie; with S3, where bodies wait until they are sent. */
  folder: string;
  s3?: S3Settings;
}

/** The store that the settings ask for: S3 when they have it, else the folder. Touches nothing yet: `ping` does. */
export function openBlobStore({ folder, s3 }: BlobStoreSettings): BlobStore {
  return s3 ? new S3BlobStore({ ...s3, spoolFolder: join(folder, 'parts') }) : new FolderBlobStore({ folder });
}
