import { runService } from '@earshot/platform';
import { start } from './start.js';

await runService('extractor', start);
