import { Database } from '@earshot/database';
import { blobStore, discoverHandlers, type WorkerParts } from '@earshot/worker';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LibraryReader } from './analysing/library-vectors.js';

/** The handlers of the queue `index`. A new one is its file. */
@Module({})
export class IndexerModule {
  static async with({ database, store }: WorkerParts): Promise<DynamicModule> {
    return {
      module: IndexerModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: Database, useValue: database },
        { provide: blobStore, useValue: store },
        LibraryReader,
        ...(await discoverHandlers(import.meta.dirname)),
      ],
    };
  }
}
