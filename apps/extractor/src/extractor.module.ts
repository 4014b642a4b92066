import { Database } from '@earshot/database';
import type { Log } from '@earshot/platform';
import { Sandbox } from '@earshot/sandbox';
import type { BlobStore } from '@earshot/storage';
import { SampleSearch, type VectorStore } from '@earshot/vectors';
import { BLOB_STORE, discoverHandlers } from '@earshot/worker';
import { type DynamicModule, Module, type OnModuleDestroy } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClipCalls } from './clip-calls.js';
import { ClipFiles } from './clip-files.js';
import { LaterResults } from './derived/later-results.js';
import { ClipVectors } from './library/clip-vectors.js';
import { ModelFiles } from './predicting/model-files.js';
import { TrainingVectors } from './training/training-vectors.js';

export interface ExtractorParts {
  database: Database;
  sandbox: Sandbox;
  store: BlobStore;
  log: Log;
  vectors: VectorStore;
}

/** The handlers of the queue `extract`. A new one is its file. */
@Module({})
export class ExtractorModule implements OnModuleDestroy {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly modelFiles: ModelFiles,
    private readonly laterResults: LaterResults,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.sandbox.close();
    await this.modelFiles.close();
    await this.laterResults.close();
  }

  static async with({ database, sandbox, store, log, vectors }: ExtractorParts): Promise<DynamicModule> {
    return {
      module: ExtractorModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: Database, useValue: database },
        { provide: Sandbox, useValue: sandbox },
        { provide: BLOB_STORE, useValue: store },
        { provide: ClipCalls, useValue: new ClipCalls(new ClipFiles(store), sandbox) },
        { provide: ModelFiles, useValue: new ModelFiles(store) },
        { provide: LaterResults, useValue: new LaterResults(database, store, log) },
        { provide: SampleSearch, useValue: new SampleSearch(database, vectors) },
        ClipVectors,
        TrainingVectors,
        ...(await discoverHandlers(import.meta.dirname)),
      ],
    };
  }
}
