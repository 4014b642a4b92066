import { EarshotError, fitModel, fitPoint, fitted, type JobState, type RunResource, trainJob } from '@earshot/contracts';
import type { JobRow, Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { idBefore, type Page, pageOf } from '../requests/paging.js';
import { WORKSPACE } from '../tokens.js';
import { runResource } from './run-resource.js';

type Epochs = z.output<typeof fitted>['epochs'];

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
