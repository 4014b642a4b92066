export { BLOB_STORE } from './blob-store.token.js';
export { discoverHandlers } from './discover-handlers.js';
export { openService, type Service } from './open-service.js';
export { startWorker, type WorkerParts, type WorkerService } from './start-worker.js';
export { workerSettings } from './worker-settings.js';
