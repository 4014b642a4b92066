import { Database } from '@earshot/database';
import { VectorStore } from '@earshot/vectors';
import { BLOB_STORE, discoverHandlers, type WorkerParts } from '@earshot/worker';
import { type DynamicModule, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LibraryReader } from './analysing/library-vectors.js';
import { CollectionKeeper } from './collections/collection-keeper.js';
import type { IndexerConfig } from './config.js';
import { IndexUpkeeper } from './following/index-upkeeper.js';

/** The handlers of the queue `index`, and the upkeep of the collections. A new handler is its file. */
@Module({})
export class IndexerModule implements OnModuleInit, OnModuleDestroy {
  constructor(private readonly upkeeper: IndexUpkeeper) {}

  onModuleInit(): void {
    this.upkeeper.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.upkeeper.stop();
  }

  static async with({ database, store, log, health, config }: WorkerParts & { config: IndexerConfig }): Promise<DynamicModule> {
    const vectors = new VectorStore({ url: config.CHROMA_URL });
    const keeper = new CollectionKeeper(database, store, vectors);
    health.addCheck('index', () => vectors.ping(), { isRequired: false });
    return {
      module: IndexerModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: Database, useValue: database },
        { provide: BLOB_STORE, useValue: store },
        LibraryReader,
        { provide: VectorStore, useValue: vectors },
        { provide: CollectionKeeper, useValue: keeper },
        { provide: IndexUpkeeper, useValue: new IndexUpkeeper(database, keeper, vectors, log) },
        ...(await discoverHandlers(import.meta.dirname)),
      ],
    };
  }
}
