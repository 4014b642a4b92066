// npm run show -- same-bytes: the golden clips and the samples as `features` jobs over all profiles: computed by one child, from what is
// kept, computed anew, and computed by another extractor with four children. Prints a line for each, and fails when a byte differs.
import { join } from 'node:path';
import { featuresJob, planOf } from '@earshot/contracts';
import { profiles } from '@earshot/features';
import { openBlobStore } from '@earshot/storage';
import { BenchEngine } from '../bench/engine/bench-engine.js';
import { printLine } from '../print-line.js';
import { Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';
import { storeRealClips } from './same-bytes/real-clips.js';
import { differences, type Snapshot, snapshotOf } from './same-bytes/snapshot.js';

const eraseStatement = { name: 'erase-derived', text: 'delete from derived' };

export async function run(): Promise<void> {
  const servers = await Servers.start('notify');
  const engine = await BenchEngine.start(servers);
  const store = openBlobStore({ folder: join(servers.home, 'blobs') });
  const { workspace, database } = engine;
  const input = { profiles: profiles.map(({ id }) => id) };
  let first: Snapshot | undefined;
  try {
    const clips = await storeRealClips(store, workspace.id, database);
    const sounds = new Set(clips.map(({ sha256 }) => sha256)).size; // some samples are golden clips, too
    const items = clips.map(({ id: clipId }) => ({ clipId, customId: null }));
    const withExtractor = async (children: number, runs: readonly ('computed' | 'kept')[]) => {
      const env = { ...servers.env, EARSHOT_SANDBOX_CHILDREN: String(children) };
      const extractor = await Service.start('extractor', { home: servers.home, env });
      try {
        for (const origin of runs) {
          if (origin === 'computed') await database.run(eraseStatement, []);
          const keptBefore = await timesKept(extractor);
          const { id } = await engine.accept(featuresJob.kind, planOf(featuresJob), items, input);
          const { succeeded, failed } = await engine.ended(id);
          const snapshot = await snapshotOf(id, clips, { workspace, database, store });
          first ??= snapshot;
          const differing = differences(first, snapshot);
          const vectors = snapshot.size - clips.length;
          const isAsSaid = (await timesKept(extractor)) > keptBefore === (origin === 'computed');
          const passed = differing.length === 0 && isAsSaid && vectors === sounds * profiles.length && failed === 0;
          printLine({
            extractor: extractor.pid,
            children,
            origin,
            clips: clips.length,
            sounds,
            succeeded,
            failed,
            vectors,
            differing,
            passed,
          });
          if (!passed) process.exitCode = 1;
        }
      } finally {
        await extractor.stop();
      }
    };
    await withExtractor(1, ['computed', 'kept', 'computed']);
    await withExtractor(4, ['kept', 'computed']);
  } finally {
    await store.close();
    await engine.close();
    await servers.stop();
  }
}

/** How often the extractor wrote vectors: not once when it only reads what is kept. Clips without any vector are computed each time. */
function timesKept(extractor: Service): Promise<number> {
  return extractor.counter('earshot_database_statements_total\\{name="keep-derived"\\}');
}
