export { blobStore } from '@earshot/worker';
