export { Collection, type Neighbour, type VectorRow } from './collection.js';
export { SampleSearch, type SimilarQuery } from './sample-search.js';
export { VectorStore, type VectorStoreOptions } from './vector-store.js';
