// npm run parity [-- --against-librosa FOLDER [--python PYTHON] [--limit N]]: are our features librosa's? Exit code 1 when not.
import { parseArgs } from 'node:util';
import { compareWithGolden } from './against-golden.js';
import { compareWithLibrosa } from './against-librosa.js';
import { Comparison } from './comparison.js';
import { goldenSampleErrors } from './golden-samples.js';
import { soundDeviations, soundFaults, soundTable } from './sound-golden.js';

const shownFaults = 40;

const { values } = parseArgs({
  options: {
    'against-librosa': { type: 'string' },
    python: { type: 'string', default: process.env['LIBROSA_PYTHON'] ?? 'python3' },
    limit: { type: 'string', default: '1000000' },
  },
});
const comparison = new Comparison();
const folder = values['against-librosa'];
if (folder === undefined) {
  const errors = goldenSampleErrors();
  console.log(`${errors.table()}\n`);
  for (const fault of errors.faults()) comparison.fault(fault);
  await compareWithGolden(comparison);
  const deviations = await soundDeviations();
  console.log(`${soundTable(deviations)}\n`);
  for (const fault of soundFaults(deviations)) comparison.fault(fault);
} else await compareWithLibrosa(comparison, folder, values.python, Number(values.limit));

console.log(`${comparison.table()}\n\n${comparison.spreadTable()}`);
const { faults } = comparison;
console.log(faults.length === 0 ? '\nEvery entry is within its tolerance.' : `\n${faults.length} outside their tolerance:`);
for (const fault of faults.slice(0, shownFaults)) console.log(fault);
if (faults.length > shownFaults) console.log(`… and ${faults.length - shownFaults} more`);
process.exitCode = faults.length === 0 ? 0 : 1;
