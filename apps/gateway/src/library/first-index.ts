import { rebuildIndexJob } from '@earshot/contracts';
import { libraryName, type Workspace } from '@earshot/database';
import { embedders } from '@earshot/learning';
import type { WorkService } from '../work/work.service.js';

/** An import is still going on while the last change is younger: what is fitted on the collection should see all of it. */
const calmSeconds = 10;

/**
 * A library that has no index gets one by each embedder, so that search answers without anybody having asked for it. Once: later versions,
 * and another try when this one fails, are asked for by people.
 */
export class FirstIndex {
  constructor(
    private readonly workspace: Workspace,
    private readonly work: Pick<WorkService, 'onFiles'>,
  ) {}

  async look(): Promise<void> {
    const library = await this.workspace.datasets.find(libraryName);
    if (library === null || Date.now() - library.updatedAt.getTime() < calmSeconds * 1_000) return;
    if ((await this.workspace.indexes.list()).length > 0) return;
    if ((await this.workspace.samples.page({}, null, 1)).length === 0) return;
    for (const { name } of embedders) {
      // Several gateways look: the key lets one of them through.
      const key = { holder: 'gateway', method: 'POST', path: rebuildIndexJob.route, key: `first index by ${name}` };
      await this.work.onFiles(rebuildIndexJob, { embedder: name }, [], { key, waitSeconds: null, signal: undefined, scheduling: {} });
    }
  }
}
