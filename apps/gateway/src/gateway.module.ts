import { Acceptor, type Workspace } from '@earshot/database';
import { Engine, JobWaiter } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { ClipsController } from './clips/clips.controller.js';
import { ClipsService } from './clips/clips.service.js';
import { DerivedController } from './derived/derived.controller.js';
import { DescriptionsController } from './descriptions/descriptions.controller.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { FeaturesController } from './features/features.controller.js';
import { JobLists } from './jobs/job-lists.js';
import { JobsController } from './jobs/jobs.controller.js';
import { ProfilesController } from './profiles/profiles.controller.js';
import { BLOB_STORE, BODY_LIMITS, WORKSPACE } from './tokens.js';
import type { BodyLimits } from './uploads/limits.js';
import { WorkService } from './work/work.service.js';
import { WorkAnswers } from './work/work-answers.js';
import { WorkRequests } from './work/work-requests.js';

/** What the gateway is built on; opened and closed by whoever starts it. */
export interface GatewayParts {
  workspace: Workspace;
  acceptor: Acceptor;
  store: BlobStore;
  engine: Engine;
  waiter: JobWaiter;
  streams: EventStreams;
  limits: BodyLimits;
}

@Module({})
class GatewayModule {}

export function gatewayModule({ workspace, acceptor, store, engine, waiter, streams, limits }: GatewayParts): DynamicModule {
  return moduleOn([
    { provide: WORKSPACE, useValue: workspace },
    { provide: BLOB_STORE, useValue: store },
    { provide: BODY_LIMITS, useValue: limits },
    { provide: Acceptor, useValue: acceptor },
    { provide: Engine, useValue: engine },
    { provide: JobWaiter, useValue: waiter },
    { provide: EventStreams, useValue: streams },
  ]);
}

/** The routes on nothing: enough to describe them (in Nest's preview mode nothing is made), not to serve them. */
export function routesModule(): DynamicModule {
  const tokens = [WORKSPACE, BLOB_STORE, BODY_LIMITS, Acceptor, Engine, JobWaiter, EventStreams];
  return moduleOn(tokens.map((provide) => ({ provide, useValue: null })));
}

function moduleOn(parts: Provider[]): DynamicModule {
  return {
    module: GatewayModule,
    controllers: [
      ClipsController,
      DerivedController,
      DescriptionsController,
      FeaturesController,
      ProfilesController,
      JobsController,
      EventsController,
    ],
    providers: [...parts, ClipsService, WorkService, WorkAnswers, WorkRequests, JobLists],
  };
}
