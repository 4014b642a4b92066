// npm run show -- esc50 --digits DIR [--goal 0.97] [--epochs 24]: lays spoken digits out as ESC-50 is, imports them, trains the recipe
// `sounds` in the official split (three folds train, the fourth chooses the epoch, the fifth is held out), and tells accuracy and time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { withEarshot } from './earshot/with-earshot.js';
import { digitsAsEsc50 } from './esc50/digits-as-esc50.js';

/** Words are shorter than the sounds of ESC-50: three quarters of a second is more than one of them. */
const settings = ['cropFrames=32', 'filters=[16,16,32,64]', 'batchSize=16', 'mixup=0'];

const trained = z.object({
  runId: z.string(),
  metrics: z.object({
    test: z.object({
      support: z.number(),
      accuracy: z.number(),
      accuracyInterval: z.object({ byRow: z.object({ low: z.number(), high: z.number() }) }),
    }),
  }),
});

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { digits: { type: 'string' }, goal: { type: 'string', default: '0.97' }, epochs: { type: 'string', default: '24' } },
  });
  if (values.digits === undefined) throw new Error('--digits: the folder of the recordings {digit}_{speaker}_{take}.wav');
  const folder = await mkdtemp(join(tmpdir(), 'earshot-esc50-'));
  try {
    const clips = await digitsAsEsc50(values.digits, folder);
    await withEarshot(async ({ earshot }) => {
      await earshot('data', 'import', folder, '--dataset', 'digits');
      const startMs = performance.now();
      const split = ['--split', 'folds', '--test-fold', '5', '--validation-fold', '4', '--no-compare-splits'];
      const how = ['--recipe', 'sounds', '--epochs', values.epochs, ...settings.flatMap((setting) => ['--setting', setting])];
      const { metrics } = trained.parse(
        JSON.parse(await earshot('train', '--classifier', 'digits', '--dataset', 'digits', ...split, ...how)),
      );
      const seconds = Math.round((performance.now() - startMs) / 1_000);
      const { support, accuracy, accuracyInterval } = metrics.test;
      const isMet = accuracy >= Number(values.goal);
      console.log(
        JSON.stringify({
          show: 'esc50',
          clips,
          epochs: Number(values.epochs),
          tested: support,
          accuracy,
          interval: accuracyInterval.byRow,
          seconds,
          verdict: isMet ? 'ok' : 'missed',
        }),
      );
      if (!isMet) process.exitCode = 1;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
