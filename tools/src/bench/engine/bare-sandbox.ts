// The computing alone, without the engine: `node bare-sandbox.js CHILDREN PLACES`. It is sent the clips and what to do with each, and
// tells how long they took.
import { createLog } from '@earshot/platform';
import { type ClipFile, Sandbox } from '@earshot/sandbox';
import { treeProcessorMs } from '../../stack/process-tree.js';
import type { BareWork, SandboxCall } from './sandbox-call.js';

const [children, slots] = process.argv.slice(2).map(Number);
const sandbox = new Sandbox({ children: children ?? 1, log: createLog({ service: 'bench sandbox', level: 'warn' }) });

process.on('message', async ({ warmUp, files, call }: BareWork) => {
  await runAll(warmUp, call);
  const [startMs, usedMs] = [performance.now(), treeProcessorMs(process.pid)];
  await runAll(files, call);
  process.send?.({ seconds: (performance.now() - startMs) / 1000, processorMs: treeProcessorMs(process.pid) - usedMs });
});
process.on('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));

/** As many at the same time as a worker has slots, so that the children always find a next one. */
async function runAll(files: ClipFile[], call: SandboxCall): Promise<void> {
  const left = files.values();
  await Promise.all(
    Array.from({ length: slots ?? 1 }, async () => {
      for (const file of left) await run(file, call);
    }),
  );
}

function run(file: ClipFile, call: SandboxCall): Promise<object> {
  return call.name === 'describe' ? sandbox.run('describe', file) : sandbox.run('extract', { ...file, profiles: call.profiles });
}
