// The computing alone, without the engine: `node bare-sandbox.js CHILDREN PLACES`. It is sent the clips, and tells how long they took.
import { createLog } from '@earshot/platform';
import { type ClipFile, Sandbox } from '@earshot/sandbox';

const [children, places] = process.argv.slice(2).map(Number);
const sandbox = new Sandbox({ children: children ?? 1, log: createLog({ service: 'bench sandbox', level: 'warn' }) });

process.on('message', async ({ files, warmUp }: { files: ClipFile[]; warmUp: number }) => {
  await describeAll(files.slice(0, warmUp));
  const startMs = performance.now();
  await describeAll(files);
  process.send?.({ seconds: (performance.now() - startMs) / 1000 });
});
process.on('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));

/** As many at the same time as a worker has places, so that the children always find a next one. */
async function describeAll(files: ClipFile[]): Promise<void> {
  const left = files.values();
  await Promise.all(
    Array.from({ length: places ?? 1 }, async () => {
      for (const file of left) await sandbox.run('describe', file);
    }),
  );
}
