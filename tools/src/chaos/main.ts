// npm run chaos -- [--seed N] [--doorbell redis|notify] [--quick] [--verbose]
// Real processes under load, killed, erased and stopped; then what came out is held against what was promised. Same seed, same faults.

import { readOptions } from './options.js';
import { runChaos } from './run-chaos.js';

const options = readOptions(process.argv.slice(2));
console.log(JSON.stringify({ seed: options.seed, doorbell: options.doorbell, quick: options.isQuick }));
const report = await runChaos(options);
console.log(JSON.stringify(report));
process.exitCode = report.verdict === 'ok' ? 0 : 1;
