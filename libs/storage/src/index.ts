export type { BlobRef, BlobStore, ByteRange, ListedBlob, LocalFile, PutOptions, StoredBlob } from './blob-store.js';
export { continued } from './continued.js';
export { FolderBlobStore, type FolderStoreSettings } from './folder-store.js';
export { type BlobStoreSettings, openBlobStore } from './open-blob-store.js';
export { readPart, readPlace } from './read-part.js';
export { readVector } from './read-vector.js';
export type { S3Settings } from './s3-bucket.js';
export type { S3StoreSettings } from './s3-store.js';
export { withLocalFile } from './with-local-file.js';
