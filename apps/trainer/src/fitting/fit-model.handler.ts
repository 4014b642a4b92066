import { EarshotError, fitModel, type TaskInput } from '@earshot/contracts';
import { Database, DatasetRepository } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { type BlobStore, withLocalFile } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { readColumns } from '../rows/dataset-columns.js';
import { runClips } from '../rows/run-clips.js';
import { TrainingFolders } from '../rows/training-folders.js';
import { TrainingRows, tellOfRows } from '../rows/training-rows.js';
import { TrainingProcesses } from '../training-processes.js';
import { backendOf } from './backend-of.js';
import { Fit } from './fit.js';
import { ownPart, unknownPart } from './fit-parts.js';
import { knownPlan } from './known-plan.js';

@Injectable()
@Handles(fitModel)
export class FitModelHandler implements TaskHandler<typeof fitModel> {
  constructor(
    private readonly database: Database,
    private readonly folders: TrainingFolders,
    private readonly rows: TrainingRows,
    private readonly processes: TrainingProcesses,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async run(input: TaskInput<typeof fitModel>, context: TaskContext<typeof fitModel>): Promise<void> {
    const { jobId, workspaceId, ordinal, attempt } = context;
    const [plan] = await context.outputs(knownPlan(input));
    const purpose = plan?.purposes[ordinal];
    if (plan === undefined || purpose === undefined) throw new EarshotError('INTERNAL', `The plan names no training ${ordinal}`);
    const columns = await readColumns(new DatasetRepository(this.database, workspaceId), input.datasetVersionId);
    const settings = input.trials?.[ordinal] ?? input.settings;
    const key = `${jobId}-${ordinal}`;
    const backend = backendOf(input.recipe, this.processes.limits.backend, context.resumeFrom?.document ?? null);
    const own = ownPart(backend);
    await this.folders.lend(key, attempt, async (folder) => {
      const clips = runClips({ input, plan, purpose, parts: ['t', 'v'], columns, items: context.readItems() });
      const { training, validation } = await this.rows.write(folder, plan.labels, workspaceId, clips, tellOfRows(context, columns));
      const fit = (fromPath: string | null) =>
        this.processes.lend((sandbox) => {
          const { memoryMb, checkpointSeconds, log } = this.processes.limits;
          const { recipe, seed, timeBudgetSeconds } = input;
          const task = { key, folder, recipe, settings, seed, fromPath, memoryMb, backend };
          return new Fit({ context, sandbox, store: this.store, task, part: own, log, checkpointSeconds, timeBudgetSeconds }).run();
        });
      const { from } = input;
      const ended = await (from === null ? fit(null) : withLocalFile(this.store, { workspaceId, sha256: from.artifactSha256 }, fit));
      const { code, processor } = ended.by?.at(-1) ?? unknownPart; // an earlier attempt may have come to the end
      context.output({ ...ended, purpose, settings, rows: { training, validation }, backend, processor, code });
    });
  }
}
