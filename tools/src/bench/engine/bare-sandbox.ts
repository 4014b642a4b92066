// The computing alone, without the engine: `node bare-sandbox.js CHILDREN`. It is sent the clips and what to do with each, and
// tells how long they took.
import { createLog } from '@earshot/platform';
import { type ClipFile, Sandbox } from '@earshot/sandbox';
import { treeProcessorMs } from '../../stack/process-tree.js';
import type { BareWork, SandboxCall } from './sandbox-call.js';

const children = Number(process.argv[2]);
const sandbox = new Sandbox({ children, log: createLog({ service: 'bench sandbox', level: 'warn' }) });

process.on('message', async ({ warmUp, files, call }: BareWork) => {
  await runAll(warmUp, call);
  const [startMs, usedMs] = [performance.now(), treeProcessorMs(process.pid)];
  await runAll(files, call);
  process.send?.({ seconds: (performance.now() - startMs) / 1000, processorMs: treeProcessorMs(process.pid) - usedMs });
});
process.on('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));

/** Calls at the same time: more than enough for the children always to find a next one. */
const atOnce = 256;

async function runAll(files: ClipFile[], call: SandboxCall): Promise<void> {
  const left = files.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const file of left) await run(file, call);
    }),
  );
}

function run(file: ClipFile, call: SandboxCall): Promise<object> {
  return call.name === 'describe' ? sandbox.run('describe', file) : sandbox.run('extract', { ...file, profiles: call.profiles });
}
