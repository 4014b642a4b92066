export { Collection, type Neighbour, type VectorRow } from './collection.js';
export { cosineOf } from './nearest-among.js';
export { noIndexOf, SampleSearch, type SimilarQuery } from './sample-search.js';
export { VectorStore, type VectorStoreOptions } from './vector-store.js';
