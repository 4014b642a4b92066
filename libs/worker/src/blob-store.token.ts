/** Injection token of the BlobStore, which is an interface. */
export const BLOB_STORE = Symbol('BlobStore');
