import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { confinementOfHost } from '../confinement/host.js';
import { buildSandbox } from '../testing/build-sandbox.js';
import type { Call } from './call.js';
import { Child } from './child.js';
import type { Reply } from './messages.js';

beforeAll(buildSandbox, 120_000);

describe('a child', () => {
  it('keeps the file of a call that was taken back and comes again before it has dropped it', async () => {
    const replies: { reply: Reply; call: Call | null; isThere: boolean }[] = [];
    const lentPaths: string[] = [];
    const ready = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const callOf = (ms: number): Call => ({
      name: 'wait',
      group: '',
      inputFor: (lend) => {
        lentPaths.push(lend(fileURLToPath(import.meta.url)));
        return { ms };
      },
      limits: { wallClockMs: 10_000, memoryMb: 200, outputBytes: 1_000 },
      resolve: () => undefined,
      reject: (reason) => answered.reject(reason),
    });
    const [first, second] = [callOf(300), callOf(0)];
    const functionsModule = new URL('../../dist/testing/misbehaving-functions.js', import.meta.url);
    const child = new Child(
      { functionsModule, confinement: confinementOfHost(), niceness: 0, allowed: [], home: undefined },
      {
        onReady: () => ready.resolve(),
        onReply: (_, reply, call) => {
          replies.push({ reply, call, isThere: existsSync(lentPaths[2] ?? '') });
          if (call === second) answered.resolve();
        },
        onLie: (_, lie) => answered.reject(lie),
        onEnd: () => answered.reject(new Error('it ended')),
      },
    );
    try {
      await ready.promise;
      child.send([first, second]);
      expect(child.takeBackWaiting()).toEqual([second]);
      child.send([second]);
      await answered.promise;
      const dropped = replies.find(({ reply }) => reply.kind === 'dropped');
      expect(dropped).toMatchObject({ call: null, isThere: true });
    } finally {
      child.kill();
      await child.ended.catch(() => undefined);
    }
  }, 30_000);
});
