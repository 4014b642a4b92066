/** Injection token of the BlobStore, which is an interface. */
export const blobStore = Symbol('BlobStore');
