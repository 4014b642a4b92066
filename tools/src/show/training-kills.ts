// npm run show -- training-kills [--recipe NAME] [--kills N] [--quick]
// The same training three times with the same seed: unbroken, unbroken again, and with its trainer killed (SIGKILL) ten times at random
// moments (a forest is grown in seconds: once). The three artifacts have to be equal byte by byte, no kill may cost more than the time from one checkpoint to the next, and each
// run registers one version. Prints one JSON line a recipe.
import { parseArgs } from 'node:util';
import { Random, recipes } from '@earshot/learning';
import { printLine } from '../print-line.js';
import { toneClips } from '../training/tone-clips.js';
import { TrainingStack } from '../training/training-stack.js';
import { breakRun } from './training-kills/broken-run.js';

/** Of the trainer: a checkpoint after the slice (2 s) in which so much time has passed. */
const checkpointSeconds = 1;
/** From one checkpoint to the next: a slice, the writing of the state, and what a busy machine adds to both. */
const intervalSeconds = checkpointSeconds + 2 + 2;

/** A run that has not ended by then hangs: half a minute on two idle cores, ten times as long beside other work. */
const endsWithinSeconds = 1_800;

interface Size {
  settings: object;
  /** Changed copies of each clip that trains. */
  copies: number;
  /** As many as it lasts for. */
  kills: number;
}

/** What makes a training last long enough to be killed so often. */
const sizes: Record<string, { full: Size; quick: Size }> = {
  'talent-mlp': {
    full: { settings: { epochs: 200, patience: 200, batchSize: 8, hidden: [1024, 512, 256, 128] }, copies: 4, kills: 10 },
    quick: { settings: { epochs: 200, patience: 200, batchSize: 8, hidden: [512, 256, 128, 64] }, copies: 4, kills: 2 },
  },
  'random-forest': {
    full: { settings: { trees: 1000 }, copies: 10, kills: 1 },
    quick: { settings: { trees: 1000 }, copies: 10, kills: 1 },
  },
  cnn: {
    full: { settings: { epochs: 36, patience: 200 }, copies: 0, kills: 10 },
    quick: { settings: { epochs: 12, patience: 200 }, copies: 0, kills: 2 },
  },
  sounds: {
    full: { settings: { epochs: 200, patience: 200, filters: [16, 16, 32, 64] }, copies: 0, kills: 10 },
    quick: { settings: { epochs: 60, patience: 200, filters: [16, 16, 32, 64] }, copies: 0, kills: 2 },
  },
  'cnn-lstm-attention': {
    full: { settings: { epochs: 200, patience: 200 }, copies: 8, kills: 10 },
    quick: { settings: { epochs: 25, patience: 200 }, copies: 4, kills: 2 },
  },
  keywords: {
    full: { settings: { epochs: 150 }, copies: 4, kills: 10 },
    quick: { settings: { epochs: 50 }, copies: 4, kills: 2 },
  },
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { recipe: { type: 'string' }, kills: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const stack = await TrainingStack.start({
    trainer: { EARSHOT_CHECKPOINT_SECONDS: String(checkpointSeconds), EARSHOT_TRAINING_NICENESS: '0' },
  });
  try {
    await stack.plant('tones', toneClips(200));
    for (const recipe of values.recipe === undefined ? Object.keys(sizes) : [values.recipe]) {
      const size = sizes[recipe]?.[values.quick ? 'quick' : 'full'];
      if (size === undefined || !recipes.has(recipe)) throw new Error(`--recipe ${recipe}: there are ${Object.keys(sizes).join(', ')}`);
      const { violations, ...figures } = await tryRecipe(stack, recipe, {
        ...size,
        ...(values.kills === undefined ? {} : { kills: Number(values.kills) }),
      });
      printLine({ recipe, ...figures, verdict: violations.length === 0 ? 'ok' : 'broken', violations });
      if (violations.length > 0) process.exitCode = 1;
    }
  } finally {
    await stack.close();
  }
}

async function tryRecipe(stack: TrainingStack, recipe: string, { settings, copies, kills }: Size) {
  const options = { dataset: 'tones', classifier: `kills-${recipe}`, recipe, settings, compareSplits: false };
  const augmentation = copies > 0 ? { copies } : undefined;
  const ask = () => stack.train({ ...options, augmentation });
  const unbroken = [];
  for (let i = 0; i < 2; i++) unbroken.push(await stack.ended(await ask(), endsWithinSeconds));
  const brokenId = await ask();
  const killed = await breakRun(stack, brokenId, { kills, mostMs: 4_000, random: new Random(1, 'kills') });
  const broken = await stack.ended(brokenId, endsWithinSeconds);
  const artifacts = await Promise.all([...unbroken, broken].map(({ id }) => stack.artifactOf(id)));
  const { length: versions } = await stack.workspace.models.versions.page(options.classifier, null, 100);
  const mostLost = Math.max(0, ...killed.map(({ lostSeconds }) => lostSeconds));
  const violations: string[] = [];
  if (killed.length < kills) violations.push(`the trainer was killed only ${killed.length} times while it fitted`);
  if (artifacts[0] !== artifacts[1]) violations.push('the same seed twice gave other weights');
  if (artifacts[0] !== artifacts[2]) violations.push('the broken run has other weights than the unbroken one');
  if (JSON.stringify(unbroken[0]?.epochs) !== JSON.stringify(broken.epochs)) violations.push('the broken run has other epochs');
  if (mostLost > intervalSeconds) violations.push(`a kill cost ${mostLost} s, more than the ${intervalSeconds} s between checkpoints`);
  if (versions !== 3) violations.push(`three runs registered ${versions} versions`);
  return {
    kills: killed.length,
    epochs: broken.epochs.length,
    artifact: artifacts[0]?.slice(0, 12),
    lostSeconds: killed.map(({ lostSeconds }) => lostSeconds),
    trainingSeconds: [...unbroken, broken].map(({ result }) => Math.round(result.seconds)),
    versions,
    violations,
  };
}
