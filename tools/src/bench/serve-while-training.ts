// npm run bench -- serve-while-training [--callers 4] [--seconds 15] [--rounds 3]
// What a training beside them does to predictions: unique one-second clips, scored while their callers wait, with nothing else and with a
// training under way, in turns. JSON lines with the latencies of each turn, and the median over the rounds of how many
// times longer the 95th percentile is beside the training.
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import { noiseWav } from '../stack/noise-wav.js';
import { toneClips } from '../training/tone-clips.js';
import { TrainingStack } from '../training/training-stack.js';
import { median } from './timing/quantiles.js';

/** The goal: a training makes predictions no slower than this at the 95th percentile. */
const mostTimesSlower = 1.5;

/** So long that it does not end within the measurement. */
const endless = {
  dataset: 'tones',
  classifier: 'endless',
  profile: 'electro-45@1',
  compareSplits: false,
  augmentation: { copies: 4 },
  settings: { epochs: 200, patience: 200, batchSize: 8, hidden: [2048, 2048, 1024, 512] },
};

interface Turn {
  training: boolean;
  requests: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      callers: { type: 'string', default: '4' },
      seconds: { type: 'string', default: '15' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const [callers, seconds, rounds] = [Number(values.callers), Number(values.seconds), Number(values.rounds)];
  const stack = await TrainingStack.start();
  try {
    await stack.plant('tones', toneClips(200));
    await stack.ended(await stack.train({ ...endless, classifier: 'tones', settings: { epochs: 5 }, promote: 'production' }));
    const load = new Load(stack);
    await load.turn(callers, 5, false); // warm
    const turns: Turn[] = [];
    for (let round = 0; round < rounds; round++) {
      turns.push(await load.turn(callers, seconds, false));
      const id = await stack.train(endless);
      await stack.untilStage(id, 'fit');
      turns.push(await load.turn(callers, seconds, true));
      const { finishedAt } = await stack.run(id);
      if (finishedAt !== null) throw new Error('The training ended before its turn did');
      await stack.ask(`/api/v1/jobs/${id}/cancel`, { method: 'POST' });
    }
    for (const turn of turns) printLine({ callers, ...turn });
    const ratios = Array.from(
      { length: rounds },
      (_, round) => (turns[2 * round + 1]?.p95Ms ?? Number.NaN) / (turns[2 * round]?.p95Ms ?? Number.NaN),
    );
    const timesSlower = Math.round(median(ratios) * 100) / 100;
    printLine({ rounds, timesSlower, isWithinGoal: timesSlower <= mostTimesSlower });
  } finally {
    await stack.close();
  }
}

class Load {
  private sent = 0;

  constructor(private readonly stack: TrainingStack) {}

  /** Callers that each send their next clip when they have the answer to the last. */
  async turn(callers: number, seconds: number, training: boolean): Promise<Turn> {
    const latenciesMs: number[] = [];
    const endMs = performance.now() + seconds * 1_000;
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (performance.now() < endMs) latenciesMs.push(await this.predict());
      }),
    );
    const sorted = latenciesMs.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN) * 10) / 10;
    return { training, requests: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
  }

  private async predict(): Promise<number> {
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(noiseWav(this.sent++))]), 'clip.wav');
    const startMs = performance.now();
    await this.stack.ask('/api/v1/predictions?classifier=tones', { method: 'POST', body: form, headers: { prefer: 'wait=30' } });
    return performance.now() - startMs;
  }
}
