import { rebuildIndexJob } from '@earshot/contracts';
import { type IndexVersionRow, libraryName, type Workspace } from '@earshot/database';
import { embedders } from '@earshot/learning';
import { z } from 'zod';
import type { WorkService } from '../work/work.service.js';

/** An import is still going on while the last change is younger: what is fitted on the collection should see all of it. */
const calmSeconds = 10;

/** What is fitted and measured on a collection is made anew when there is so many times as much of it. */
const outgrownBy = 2;

const sizeOfReport = z.object({ samples: z.int(), withoutVector: z.int() });

/**
 * A library gets an index by each embedder, so that search answers without anybody having asked for one, and another when it has outgrown
 * what it was fitted on. One that failed is asked for again on the next day; sooner by people.
 */
export class AutomaticIndex {
  /** The state of the library at which nothing was to be done. */
  private settledRevision = -1;

  constructor(
    private readonly workspace: Workspace,
    private readonly work: Pick<WorkService, 'onFiles'>,
  ) {}

  async look(): Promise<void> {
    const library = await this.workspace.datasets.find(libraryName);
    if (library === null || library.revision === this.settledRevision) return;
    if (Date.now() - library.updatedAt.getTime() < calmSeconds * 1_000) return;
    if ((await this.workspace.samples.page({}, null, 1)).length === 0) return;
    const versions = await this.workspace.indexes.list();
    let isSettled = true;
    for (const { name } of embedders) {
      const live = versions.find(({ embedder, state }) => embedder === name && state === 'live');
      if (live !== undefined && !(await this.isOutgrown(live))) continue;
      isSettled = false;
      await this.ask(name, live?.number ?? 0);
    }
    if (isSettled) this.settledRevision = library.revision;
  }

  private async isOutgrown({ id, report }: IndexVersionRow): Promise<boolean> {
    const size = sizeOfReport.safeParse(report);
    if (!size.success) return false;
    const { wanted } = await this.workspace.indexes.entriesOf(id).counts();
    return wanted > 0 && wanted >= outgrownBy * (size.data.samples + size.data.withoutVector);
  }

  /** Several gateways look, and this one again while the index is made: the key lets one request through. */
  private async ask(embedder: string, after: number): Promise<void> {
    const caller = { holder: 'gateway', mayHurry: false };
    const key = { holder: caller.holder, method: 'POST', path: rebuildIndexJob.route, key: `index by ${embedder} after version ${after}` };
    await this.work.onFiles(rebuildIndexJob, { embedder }, [], { caller, key, waitSeconds: null, signal: undefined, scheduling: {} });
  }
}
