import { kinds as allKinds, type Kind, searchSamplesJob } from '@earshot/contracts';
import { Command } from 'commander';
import { addData } from './data/data.command.js';
import { addDoctor } from './doctor/doctor.command.js';
import { addKind } from './kinds/kind.command.js';
import { addBuildDatabase } from './library/build-database.command.js';
import { addEvaluateSystem } from './library/evaluate-system.command.js';
import { addDownloadFreesound } from './library/freesound/download-freesound.command.js';
import { addIndex } from './library/index.command.js';
import { addLibrary } from './library/library.command.js';
import { addTestSearch } from './library/test-search.command.js';
import { addMigrate } from './migrate/migrate.command.js';
import { addModels } from './models/models.command.js';
import { addQueue } from './queue/queue.command.js';
import { addEvaluate } from './runs/evaluate.command.js';
import { addRuns } from './runs/runs.command.js';
import { addTrain } from './runs/train.command.js';
import { addUp } from './up/up.command.js';
import { addVersion } from './version/version.command.js';

/** The kinds whose work needs no server; kinds/local-work.ts does it. */
const localKinds = ['describe', 'features'];

/** The kinds whose verbs are more than their contract says, or stand with others. */
const ownVerbs = ['train', 'evaluate', 'import-model', 'find-anomalies', 'library-map', 'search-samples', 'rebuild-index'];

const ownCommands = [
  addUp,
  addMigrate,
  addQueue,
  addData,
  addLibrary,
  addIndex,
  addTrain,
  addRuns,
  addEvaluate,
  addModels,
  addBuildDatabase,
  addEvaluateSystem,
  addDownloadFreesound,
  addTestSearch,
];

/** The `earshot` command, with a verb for each kind of work. A verb loads what it needs when it runs, so that none pays for the others. */
export function createProgram(env: NodeJS.ProcessEnv, exit: (code: number) => void, kinds: readonly Kind[] = allKinds): Command {
  const program = new Command('earshot')
    .description(
      'Understands sound: describes and measures files here; trains classifiers and asks them on a server; runs the whole stack.',
    )
    .option('--no-color', 'plain text, as with NO_COLOR')
    .showHelpAfterError('(--help lists the commands, and after a command its options)')
    .exitOverride();
  for (const add of ownCommands) add(program, { env, exit });
  addKind(program, { env, exit }, searchSamplesJob, false, 'search');
  for (const kind of kinds.filter(({ kind }) => !ownVerbs.includes(kind)))
    addKind(program, { env, exit }, kind, localKinds.includes(kind.kind));
  addDoctor(program);
  addVersion(program);
  return program;
}
