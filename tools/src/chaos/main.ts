// npm run chaos -- [--seed N] [--doorbell redis|notify] [--parts NAME,-NAME,...] [--quick] [--verbose]
// Real processes under load, killed, erased, frozen and stopped; then what came out is held against what was promised. Same seed, same
// faults. Exit code 0: all of it holds. 1: something is broken. 3: too little was tried to say so.

import { printLine } from '../print-line.js';
import { readOptions } from './options.js';
import { runChaos } from './run-chaos.js';
import type { VerdictName } from './verdict/judge.js';

const exitCodes: Record<VerdictName, number> = { ok: 0, broken: 1, void: 3 };

const options = readOptions(process.argv.slice(2));
printLine({ seed: options.seed, doorbell: options.doorbell, parts: options.parts.map(({ name }) => name) });
const report = await runChaos(options);
printLine(report);
process.exit(exitCodes[report.verdict]); // parts that never got their answer would still ask for it
