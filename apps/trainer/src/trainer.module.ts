import { join, resolve } from 'node:path';
import { Database } from '@earshot/database';
import { hasNativeTensorFlow } from '@earshot/learning';
import { metrics, sandboxCounter } from '@earshot/platform';
import { confinementOfHost, tellConfinement } from '@earshot/sandbox';
import { BLOB_STORE, discoverHandlers, type WorkerParts } from '@earshot/worker';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { TrainerConfig } from './config.js';
import { TrainingFolders } from './rows/training-folders.js';
import { TrainingRows } from './rows/training-rows.js';
import { TrainingProcesses } from './training-processes.js';

/** The handlers of the queue `train`. A new one is its file. */
@Module({})
export class TrainerModule {
  static async with({ database, store, log, health, need, config }: WorkerParts & { config: TrainerConfig }): Promise<DynamicModule> {
    if (config.EARSHOT_TRAINING_BACKEND === 'native' && !(await hasNativeTensorFlow())) {
      throw new Error('EARSHOT_TRAINING_BACKEND is native, and that is not installed: npm run native');
    }
    const home = resolve(config.EARSHOT_HOME);
    const folders = new TrainingFolders(join(home, 'training'));
    const processes = new TrainingProcesses({
      memoryMb: config.EARSHOT_TRAINING_MEMORY_MB,
      niceness: config.EARSHOT_TRAINING_NICENESS,
      backend: config.EARSHOT_TRAINING_BACKEND,
      checkpointSeconds: config.EARSHOT_CHECKPOINT_SECONDS,
      home,
      onEnded: sandboxCounter(metrics),
      log,
    });
    tellConfinement(confinementOfHost(), log, health);
    need('children', () => processes.ping());
    return {
      module: TrainerModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: Database, useValue: database },
        { provide: BLOB_STORE, useValue: store },
        { provide: TrainingFolders, useValue: folders },
        { provide: TrainingRows, useValue: new TrainingRows(database, store) },
        { provide: TrainingProcesses, useValue: processes },
        ...(await discoverHandlers(import.meta.dirname)),
      ],
    };
  }
}
