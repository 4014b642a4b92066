import { EarshotError, type Evaluation, evaluateFits, type FitPurpose, fitModel, outputWhere, type TaskInput } from '@earshot/contracts';
import { Database, DatasetRepository } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { RowPart, Sandbox } from '@earshot/sandbox';
import { type BlobStore, withLocalFile } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { chosenFit, validationLossOf } from '../fitting/chosen-fit.js';
import { codeVersion } from '../fitting/code-version.js';
import { knownPlan } from '../fitting/known-plan.js';
import { readColumns } from '../rows/dataset-columns.js';
import { runClips } from '../rows/run-clips.js';
import { TrainingFolders } from '../rows/training-folders.js';
import { TrainingRows, tellOfRows } from '../rows/training-rows.js';
import { TrainingProcesses } from '../training-processes.js';

@Injectable()
@Handles(evaluateFits)
export class EvaluateFitsHandler implements TaskHandler<typeof evaluateFits> {
  constructor(
    private readonly database: Database,
    private readonly folders: TrainingFolders,
    private readonly rows: TrainingRows,
    private readonly processes: TrainingProcesses,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async run(input: TaskInput<typeof evaluateFits>, context: TaskContext<typeof evaluateFits>): Promise<void> {
    const { workspaceId, jobId, attempt, signal } = context;
    const [[plan], fits] = await Promise.all([context.outputs(knownPlan(input)), context.outputs(fitModel)]);
    if (plan === undefined) throw new Error('A run without a plan');
    const chosen = chosenFit(fits);
    const columns = await readColumns(new DatasetRepository(this.database, workspaceId), input.datasetVersionId);
    const measurements = 1 + (input.trials === null ? plan.fits : 1); // the model twice
    let measured = 0;
    /** What the training for that purpose is worth on the parts, in their order; null where there was no such training. */
    const measure = async (sandbox: Sandbox, purpose: FitPurpose, parts: readonly RowPart[]): Promise<Evaluation[] | null> => {
      const artifact = (purpose === 'model' ? chosen : fits.find((fit) => fit.purpose === purpose))?.artifact;
      if (artifact === undefined) return null;
      return this.folders.lend(`${jobId}-${purpose.replaceAll(' ', '-')}`, attempt, async (folder) => {
        const clips = runClips({ input, plan, purpose, parts, columns, items: context.readItems() });
        await this.rows.write(folder, plan.labels, workspaceId, clips, tellOfRows(context, columns));
        return withLocalFile(this.store, { workspaceId, sha256: artifact.sha256 }, async (artifactPath) => {
          const evaluations: Evaluation[] = [];
          const { memoryMb } = this.processes.limits;
          const task = { folder, hasGroups: plan.groups > 0, artifactPath, seed: input.seed, memoryMb };
          for (const part of parts) {
            await context.progress({ step: measured, of: measurements, figures: {} }); // each may take its time
            evaluations.push(await sandbox.run('evaluate', { ...task, part }, { signal }));
            measured += 1;
          }
          return evaluations;
        });
      });
    };
    const measureAll = async (sandbox: Sandbox) => {
      const model = await measure(sandbox, 'model', ['e', 'v']);
      const [test, validation] = model ?? [];
      if (test === undefined || validation === undefined) throw new Error('A run without a model');
      const other = await measure(sandbox, 'other split', ['e']);
      const permuted = await measure(sandbox, 'permuted labels', ['e']);
      context.output({
        test: test.support > 0 ? test : null,
        validation,
        otherSplit: other?.[0] === undefined || plan.otherSplit === null ? null : { split: plan.otherSplit, test: other[0] },
        trials:
          input.trials === null
            ? null
            : fits.map((fit) => {
                const { settings, epochs } = fit;
                return { settings, epochs: epochs.length, validationLoss: validationLossOf(fit), isChosen: fit === chosen };
              }),
        permuted: permuted?.[0] ?? null,
      });
    };
    try {
      await this.processes.lend(measureAll);
    } catch (error) {
      const isOfOthers = fits.some(({ code }) => code !== codeVersion());
      if (!(error instanceof EarshotError) || error.code !== 'MODEL_INVALID' || !isOfOthers) throw error;
      await context.outputs(outputWhere(fitModel, false, `A model of another version is not known here: ${error.detail}`)); // hands it back
    }
  }
}
