import { Acceptor, type Workspace } from '@earshot/database';
import { Engine, JobWaiter } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { ClipsController } from './clips/clips.controller.js';
import { ClipsService } from './clips/clips.service.js';
import { DescriptionsController } from './descriptions/descriptions.controller.js';
import { JobLists } from './jobs/job-lists.js';
import { JobsController } from './jobs/jobs.controller.js';
import { BLOB_STORE, BODY_LIMITS, WORKSPACE } from './tokens.js';
import type { BodyLimits } from './uploads/limits.js';
import { WorkService } from './work/work.service.js';
import { WorkAnswers } from './work/work-answers.js';

/** What the gateway is built on; opened and closed by whoever starts it. */
export interface GatewayParts {
  workspace: Workspace;
  acceptor: Acceptor;
  store: BlobStore;
  engine: Engine;
  waiter: JobWaiter;
  limits: BodyLimits;
}

@Module({})
export class GatewayModule {
  static on({ workspace, acceptor, store, engine, waiter, limits }: GatewayParts): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [ClipsController, DescriptionsController, JobsController],
      providers: [
        { provide: WORKSPACE, useValue: workspace },
        { provide: BLOB_STORE, useValue: store },
        { provide: BODY_LIMITS, useValue: limits },
        { provide: Acceptor, useValue: acceptor },
        { provide: Engine, useValue: engine },
        { provide: JobWaiter, useValue: waiter },
        ClipsService,
        WorkService,
        WorkAnswers,
        JobLists,
      ],
    };
  }
}
