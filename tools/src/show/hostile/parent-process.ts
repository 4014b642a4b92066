// The process that is judged. It holds a sandbox like an extractor does: paths go in, outcomes come out, and nothing else happens here.
// Arguments: how many children the sandbox has, and the folder of the files, which goes when the tool does.
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EarshotError } from '@earshot/contracts';
import { Sandbox } from '@earshot/sandbox';
import { LoopMeter } from './loop-meter.js';
import { type FromParent, toParent } from './parent-messages.js';
import { spendProcessorTime } from './spend-processor-time.js';

const plantedBlockMs = 80;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const [children = '', folder = ''] = process.argv.slice(2);
await proveMeter();
const log = (line: object, message: string) => send({ kind: 'log', line: { message, ...line } });
const sandbox = new Sandbox({ children: Number(children), log: { info() {}, warn: log, error: log } });
const meter = new LoopMeter();
process.on('message', (message) => void hear(message));
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(); // the sandbox's children end with their parent
});
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the tool decides what is still to be done
send({ kind: 'ready' });

async function hear(message: unknown): Promise<void> {
  const order = toParent.parse(message);
  if (order.kind === 'describe') return describe(order);
  if (order.kind === 'vitals') {
    const { longestBlockMs, longestDelayMs } = meter;
    return send({ kind: 'vitals', residentMb: process.memoryUsage.rss() / 2 ** 20, longestBlockMs, longestDelayMs });
  }
  if (order.kind === 'used') return send({ kind: 'used', usedMb: usedMb() });
  meter.stop();
  await sandbox.close();
  process.disconnect();
}

async function describe({ id, path, sizeBytes }: { id: number; path: string; sizeBytes: number }): Promise<void> {
  const began = performance.now();
  const result = await sandbox.run('describe', { path, sizeBytes }).then(
    ({ decoder }) => ({ outcome: 'decoded', decoder }),
    (error: unknown) => ({ outcome: error instanceof EarshotError ? error.code : String(error) }),
  );
  send({ kind: 'outcome', id, outcome: { ...result, ms: Math.round(performance.now() - began) } });
}

/** What is left after a collection, in V8's heap and outside of it: garbage that waits for one is no growth. */
function usedMb(): number {
  collectGarbage();
  meter.forgive(); // nobody but the tool asks for a collection
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** What never goes off proves nothing: before each run the meter has to see a block that is planted. */
async function proveMeter(): Promise<void> {
  const trial = new LoopMeter();
  await setTimeout(20);
  spendProcessorTime(plantedBlockMs);
  await setTimeout(20);
  trial.stop();
  if (trial.longestBlockMs < plantedBlockMs - 10) throw new Error(`a block of ${plantedBlockMs} ms was seen as ${trial.longestBlockMs} ms`);
}

function send(message: FromParent): void {
  process.send?.(message);
}
