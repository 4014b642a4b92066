import { EarshotError, evaluateVersion, type TaskInput } from '@earshot/contracts';
import { Database, DatasetRepository, Models } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { type BlobStore, withLocalFile } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { readColumns } from '../rows/dataset-columns.js';
import { clipsHeardBy, countHeard } from '../rows/heard-clips.js';
import { clipRows } from '../rows/run-clips.js';
import { TrainingFolders } from '../rows/training-folders.js';
import { TrainingRows, tellOfRows } from '../rows/training-rows.js';
import { TrainingProcesses } from '../training-processes.js';

/** Of the bootstrap by group: the interval is the same each time. */
const seed = 42;

@Injectable()
@Handles(evaluateVersion)
export class EvaluateVersionHandler implements TaskHandler<typeof evaluateVersion> {
  constructor(
    private readonly database: Database,
    private readonly folders: TrainingFolders,
    private readonly rows: TrainingRows,
    private readonly processes: TrainingProcesses,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async run(input: TaskInput<typeof evaluateVersion>, context: TaskContext<typeof evaluateVersion>): Promise<void> {
    const { workspaceId, jobId, attempt, signal } = context;
    const { classifier, version, modelVersionId, dataset, datasetVersion, datasetVersionId } = input;
    const datasets = new DatasetRepository(this.database, workspaceId);
    const columns = await readColumns(datasets, datasetVersionId);
    await this.folders.lend(jobId, attempt, async (folder) => {
      const clips = clipRows({ ...columns, partOf: () => 'e', recipesOf: () => [input.profileHash], items: context.readItems() });
      const { test } = await this.rows.write(folder, columns.labels, workspaceId, clips, tellOfRows(context, columns));
      if (test === 0) throw new EarshotError('TRAINING_DATA_UNFIT', `No clip of ${dataset} could be read`);
      const evaluation = await withLocalFile(this.store, { workspaceId, sha256: input.artifactSha256 }, (artifactPath) => {
        const { memoryMb } = this.processes.limits;
        const task = { folder, part: 'e' as const, hasGroups: columns.groupNames.size > 0, artifactPath, seed, memoryMb };
        return this.processes.lend((sandbox) => sandbox.run('evaluate', task, { signal }));
      });
      const heard = await clipsHeardBy(modelVersionId, { datasets, versions: new Models(this.database, workspaceId).versions });
      context.output({
        classifier,
        version,
        modelVersionId,
        dataset,
        datasetVersion,
        evaluation,
        unreadable: columns.labelOf.length - test,
        known: heard && (await countHeard(heard, { datasets }, datasetVersionId)),
      });
    });
  }
}
