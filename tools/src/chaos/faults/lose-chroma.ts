import { setTimeout as sleep } from 'node:timers/promises';
import type { TestChroma } from '@earshot/vectors/testing';
import type { Part } from '../run.js';
import type { Relay } from '../stack/relay.js';

interface Way {
  deed: string;
  /** Returns how it comes back. */
  lose(chroma: TestChroma, way: Relay): Promise<() => Promise<void> | void>;
}

const ways: readonly Way[] = [
  {
    deed: 'chromaErased',
    async lose(chroma) {
      await chroma.kill();
      return () => chroma.restart({ erased: true });
    },
  },
  {
    deed: 'chromaFrozen',
    async lose({ pid }) {
      process.kill(pid, 'SIGSTOP');
      return () => void process.kill(pid, 'SIGCONT');
    },
  },
  {
    deed: 'chromaKilled',
    async lose(chroma) {
      await chroma.kill();
      return () => chroma.restart();
    },
  },
  {
    deed: 'chromaCutOff',
    async lose(_chroma, way) {
      way.cut();
      return () => way.mend();
    },
  },
];

/** Chroma comes back with nothing, stands still, is killed, and is cut off from everybody, in turn. */
export const loseChroma: Part = {
  name: 'lose-chroma',
  isFault: true,
  atLeast: ({ chromaLosses }) => Object.fromEntries(ways.map(({ deed }) => [deed, Math.floor(chromaLosses / ways.length)])),
  async run(run, random) {
    const { chroma, wayToChroma } = run.stack;
    if (chroma === null || wayToChroma === null) return;
    const { chromaLosses, chromaAwayMs } = run.sizes;
    for await (const n of run.spread(chromaLosses, { from: random.between(0.05, 0.1), to: 0.95 })) {
      const way = ways[n % ways.length]!;
      const awayMs = random.between(0.2, 1) * chromaAwayMs;
      const bringBack = await way.lose(chroma, wayToChroma);
      run.count(way.deed);
      run.tell(way.deed, `away for ${Math.round(awayMs)} ms`);
      await sleep(awayMs);
      await bringBack();
    }
  },
};
