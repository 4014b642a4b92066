import {
  EarshotError,
  fitModel,
  fitPoint,
  fitted,
  type JobState,
  planTraining,
  type RunClip,
  type RunPart,
  type RunResource,
  trainInput,
  trainJob,
  trainPlan,
} from '@earshot/contracts';
import type { JobRow, Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { memberResource } from '../datasets/dataset-resource.js';
import { idBefore, numberBefore, type Page, pageBy, pageOf } from '../requests/paging.js';
import { WORKSPACE } from '../tokens.js';
import { runResource } from './run-resource.js';

type Epochs = z.output<typeof fitted>['epochs'];

interface ClipsAsked {
  part?: RunPart;
  label?: string;
  limit: number;
  cursor?: string;
}

/** By the letters of a plan. */
const partNames: Readonly<Record<string, RunPart>> = { t: 'training', v: 'validation', e: 'test' };

/** Training runs: jobs of that kind, and what they made. */
@Injectable()
export class RunsService {
  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {}

  async page({ state, limit, cursor }: { state?: JobState; limit: number; cursor?: string }): Promise<Page<RunResource>> {
    const filters = { state, kind: trainJob.kind };
    const rows = await this.workspace.jobs.page(filters, idBefore(cursor, filters), limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, filters, (row) => row);
    return { items: await Promise.all(items.map((row) => this.resourceOf(row))), nextCursor };
  }

  async get(id: string): Promise<RunResource> {
    return this.resourceOf(await this.row(id));
  }

  async detail(id: string): Promise<RunResource & { epochs: Epochs }> {
    const run = await this.get(id);
    return { ...run, epochs: run.decidedBy.trials === null ? await this.epochs(id) : [] };
  }

  /** Those of its version of the dataset, and what its plan makes of each. A page is filtered after it was read. */
  async clips(id: string, { part, label, limit, cursor }: ClipsAsked): Promise<Page<RunClip>> {
    const { input } = await this.row(id);
    const filters = { list: `clips of the run ${id}`, part, label };
    const after = numberBefore(cursor, filters) ?? -1;
    const plan = await this.workspace.jobs.firstTask(id, planTraining.name);
    if (plan === null || plan.output === null) return { items: [], nextCursor: null };
    const { parts } = trainPlan.parse(plan.output);
    const rows = await this.workspace.datasets.members(trainInput.parse(input).datasetVersionId, after, limit + 1);
    const { items, nextCursor } = pageBy(rows, limit, filters, {
      itemOf: (row) => ({ ...memberResource(row), part: partNames[parts.charAt(row.index)] ?? 'left out' }),
      placeOf: ({ index }) => String(index),
    });
    const isWanted = (clip: RunClip) => (part === undefined || clip.part === part) && (label === undefined || clip.label === label);
    return { items: items.filter(isWanted), nextCursor };
  }

  /** The run goes on to its evaluation with the best epoch that there is. */
  async stop(id: string): Promise<RunResource> {
    const { state } = await this.row(id);
    if (!(await this.workspace.jobs.askToStop(id))) throw new EarshotError('JOB_FINISHED', `Run ${id} has ended: ${state}`);
    return this.get(id);
  }

  private async row(id: string): Promise<JobRow> {
    const row = await this.workspace.jobs.find(id);
    if (row === null || row.kind !== trainJob.kind) throw new EarshotError('JOB_NOT_FOUND', `There is no run ${id}`);
    return row;
  }

  private async resourceOf(row: JobRow): Promise<RunResource> {
    if (row.state !== 'succeeded') return runResource(row, null, null);
    const [result, version] = await Promise.all([this.workspace.jobs.result(row.id), this.workspace.models.versions.find(row.id)]);
    return runResource(row, result, version?.number ?? null);
  }

  private async epochs(id: string): Promise<Epochs> {
    const task = await this.workspace.jobs.firstTask(id, fitModel.name);
    if (task === null) return [];
    if (task.output !== null) return fitted.parse(task.output).epochs;
    return task.checkpoint === null ? [] : fitPoint.parse(task.checkpoint).epochs;
  }
}
