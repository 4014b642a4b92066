// npm run models:build -- NAME [...]: makes the models that come with Earshot, and what they are made from; --check verifies their files.
import { checkBundles } from './bundle.js';
import { buildEmbedder, checkEmbedder } from './embedder/build.js';
import { buildKeywords } from './keywords/build.js';
import { printFigures } from './keywords/figures.js';
import { prepare } from './keywords/prepare.js';
import { probe } from './keywords/probe.js';
import { buildLibrary, checkLibrary } from './library/build.js';
import { buildSounds } from './sounds/build.js';
import { buildTalent } from './talent/build.js';
import { makeVoices } from './voices/make-voices.js';

const steps: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  voices: makeVoices,
  recordings: prepare,
  keywords: buildKeywords,
  figures: printFigures,
  probe,
  talent: buildTalent,
  sounds: buildSounds,
  embedder: buildEmbedder,
  library: buildLibrary,
  '--check': check,
};

/** What comes with Earshot is what its own description says, and what would be made of it today. */
async function check(): Promise<void> {
  await checkBundles();
  checkEmbedder();
  await checkLibrary();
}

const [name = '', ...args] = process.argv.slice(2);
const step = steps[name];
if (step === undefined) {
  console.error(`Usage: npm run models:build -- NAME [...]; there is ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
await step(args);
