import { runService } from '@earshot/platform';

// What loads the service's modules, which already fill a heap, must not come before runService has limited it.
await runService('indexer', async (environment) => (await import('./start.js')).start(environment));
