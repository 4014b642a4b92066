import type { Kind } from '@earshot/contracts';
import { Acceptor, type Workspace } from '@earshot/database';
import { Engine, JobWaiter } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { SampleSearch, VectorStore } from '@earshot/vectors';
import { BLOB_STORE } from '@earshot/worker';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { Admission } from './backlog/admission.js';
import { AliasesController } from './classifiers/aliases.controller.js';
import { ArchivesController } from './classifiers/archives.controller.js';
import { ClassifiersController } from './classifiers/classifiers.controller.js';
import { VersionsController } from './classifiers/versions.controller.js';
import { ClipsController } from './clips/clips.controller.js';
import { ClipsService } from './clips/clips.service.js';
import { DatasetCheckController } from './datasets/dataset-check.controller.js';
import { DatasetClipsController } from './datasets/dataset-clips.controller.js';
import { DatasetUploads } from './datasets/dataset-uploads.service.js';
import { DatasetVersionsController } from './datasets/dataset-versions.controller.js';
import { DatasetsController } from './datasets/datasets.controller.js';
import { DatasetExports } from './datasets/exports/dataset-exports.service.js';
import { DerivedController } from './derived/derived.controller.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { ItemsDownload } from './jobs/items-answer.js';
import { JobLists } from './jobs/job-lists.js';
import { jobsController } from './jobs/jobs.controller.js';
import { KeywordsController } from './keywords/keywords.controller.js';
import { KeywordsService } from './keywords/keywords.service.js';
import { IndexesController } from './library/indexes.controller.js';
import { LibraryClipsController } from './library/library.controller.js';
import { LibraryStatsController } from './library/library-stats.controller.js';
import { LibraryStatistics } from './library/library-stats.service.js';
import { LibraryUploads } from './library/library-uploads.service.js';
import { LooksController } from './library/looks.controller.js';
import { SimilarSamplesController } from './library/similar-samples.controller.js';
import type { OldClientSettings } from './old-clients/old-client-settings.js';
import { OldScoring } from './old-clients/old-scoring.service.js';
import { OldTerms } from './old-clients/old-terms.js';
import { OldWork } from './old-clients/old-work.service.js';
import { OldSampleSearchController } from './old-samples/old-sample-search.controller.js';
import { OldSampleSearchService } from './old-samples/old-sample-search.service.js';
import { OldSamplesController } from './old-samples/old-samples.controller.js';
import { ProfilesController } from './profiles/profiles.controller.js';
import { RecipesController } from './runs/recipes.controller.js';
import { RunsController } from './runs/runs.controller.js';
import { RunsService } from './runs/runs.service.js';
import { SoundsController } from './sounds/sounds.controller.js';
import { SoundsService } from './sounds/sounds.service.js';
import { StatusController } from './status/status.controller.js';
import { StatusService } from './status/status.service.js';
import { TalentChartsController } from './talent/charts/talent-charts.controller.js';
import { TalentCharts } from './talent/charts/talent-charts.service.js';
import { TalentController } from './talent/talent.controller.js';
import { TalentFeatures } from './talent/talent-features.service.js';
import { TalentModel } from './talent/talent-model.service.js';
import { TalentPredictions } from './talent/talent-predictions.service.js';
import { TalentTrainingController } from './talent/talent-training.controller.js';
import { TalentTraining } from './talent/talent-training.service.js';
import { TalentUploads } from './talent/talent-uploads.service.js';
import { BODY_LIMITS, OLD_CLIENT_SETTINGS, WORKSPACE } from './tokens.js';
import type { BodyLimits } from './uploads/limits.js';
import { Kinds } from './work/kinds.js';
import { workController } from './work/work.controller.js';
import { WorkService } from './work/work.service.js';
import { WorkAnswers } from './work/work-answers.js';
import { WorkRequests } from './work/work-requests.js';

/** What the gateway is built on; opened and closed by whoever starts it. */
export interface GatewayParts {
  admission: Admission;
  workspace: Workspace;
  acceptor: Acceptor;
  store: BlobStore;
  engine: Engine;
  waiter: JobWaiter;
  streams: EventStreams;
  vectors: VectorStore;
  search: SampleSearch;
  limits: BodyLimits;
  kinds: Kinds;
  oldClients: OldClientSettings;
  status: StatusService;
}

@Module({})
class GatewayModule {}

export function gatewayModule({
  admission,
  workspace,
  acceptor,
  store,
  engine,
  waiter,
  streams,
  vectors,
  search,
  limits,
  kinds,
  oldClients,
  status,
}: GatewayParts): DynamicModule {
  return moduleOn(kinds.all, [
    { provide: WORKSPACE, useValue: workspace },
    { provide: BLOB_STORE, useValue: store },
    { provide: BODY_LIMITS, useValue: limits },
    { provide: OLD_CLIENT_SETTINGS, useValue: oldClients },
    { provide: Admission, useValue: admission },
    { provide: Acceptor, useValue: acceptor },
    { provide: Engine, useValue: engine },
    { provide: JobWaiter, useValue: waiter },
    { provide: EventStreams, useValue: streams },
    { provide: VectorStore, useValue: vectors },
    { provide: SampleSearch, useValue: search },
    { provide: Kinds, useValue: kinds },
    { provide: StatusService, useValue: status },
  ]);
}

/** The routes on nothing: enough to describe them (in Nest's preview mode nothing is made), not to serve them. */
export function routesModule(kinds: readonly Kind[]): DynamicModule {
  const tokens = [
    WORKSPACE,
    BLOB_STORE,
    BODY_LIMITS,
    OLD_CLIENT_SETTINGS,
    Admission,
    Acceptor,
    Engine,
    JobWaiter,
    EventStreams,
    VectorStore,
    SampleSearch,
    Kinds,
    StatusService,
  ];
  return moduleOn(
    kinds,
    tokens.map((provide) => ({ provide, useValue: null })),
  );
}

function moduleOn(kinds: readonly Kind[], parts: Provider[]): DynamicModule {
  return {
    module: GatewayModule,
    controllers: [
      ClipsController,
      DerivedController,
      ...kinds.map(workController),
      RunsController,
      RecipesController,
      LooksController,
      DatasetsController,
      DatasetClipsController,
      DatasetCheckController,
      DatasetVersionsController,
      LibraryClipsController,
      LibraryStatsController,
      ProfilesController,
      ClassifiersController,
      VersionsController,
      AliasesController,
      ArchivesController,
      jobsController(kinds),
      EventsController,
      StatusController,
      SimilarSamplesController,
      IndexesController,
      OldSampleSearchController,
      TalentController,
      TalentChartsController,
      TalentTrainingController,
      KeywordsController,
      OldSamplesController,
      SoundsController,
    ],
    providers: [
      ...parts,
      ClipsService,
      DatasetUploads,
      DatasetExports,
      WorkService,
      WorkAnswers,
      WorkRequests,
      JobLists,
      ItemsDownload,
      RunsService,
      LibraryUploads,
      LibraryStatistics,
      OldSampleSearchService,
      OldTerms,
      OldWork,
      OldScoring,
      KeywordsService,
      SoundsService,
      TalentModel,
      TalentPredictions,
      TalentUploads,
      TalentTraining,
      TalentFeatures,
      TalentCharts,
    ],
  };
}
