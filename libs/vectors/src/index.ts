export { Collection, type Neighbour, type VectorRow } from './collection.js';
export { VectorStore, type VectorStoreOptions } from './vector-store.js';
