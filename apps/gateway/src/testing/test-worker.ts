import { setTimeout as sleep } from 'node:timers/promises';
import { type Description, tasks } from '@earshot/contracts';
import { type ClaimedItem, Claimer, Committer, type Database, type ItemOutcome } from '@earshot/database';

export interface TestWorker {
  stop(): Promise<void>;
}

/** Takes every task and says of each item what `judge` says: a worker without any decoding. */
export function startTestWorker(database: Database, judge: (item: ClaimedItem) => ItemOutcome = described): TestWorker {
  const claimer = new Claimer(database, 'test worker', tasks);
  const committer = new Committer(database);
  let isStopped = false;
  const working = (async () => {
    while (!isStopped) {
      const claimed = await claimer.claimNext(['extract'], 1_000);
      await Promise.all(claimed.map(({ id, attempt, items }) => committer.submit({ id, attempt, items: items.map(judge) })));
      if (claimed.length === 0) await sleep(20);
    }
  })();
  return {
    stop() {
      isStopped = true;
      return working;
    },
  };
}

export const description: Description = {
  format: 'wav/pcm16',
  decoder: 'wav',
  durationSeconds: 1,
  sampleRate: 8_000,
  channels: 1,
  frames: 8_000,
  peak: 0.5,
  rms: 0.25,
  leadingSilenceSeconds: 0,
  trailingSilenceSeconds: 0,
  warnings: [],
  waveform: { lowest: [-64, -32], highest: [64, 32] },
};

/** Files whose name begins with `bad` cannot be read. */
function described({ index, filename }: ClaimedItem): ItemOutcome {
  return filename?.startsWith('bad')
    ? { index, error: { code: 'AUDIO_UNREADABLE', detail: 'the test worker refuses it' } }
    : { index, result: description };
}
