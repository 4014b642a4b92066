import type { Database } from '../database.js';
import { type AcceptRequest, acceptWithin } from '../hot/accept.js';
import { type Change, DatasetEntries, type Put } from './dataset-entries.js';
import { holdDataset, touchDataset } from './held-dataset.js';

/** Files that were stored, what is said of each, and perhaps the key of the request. */
export interface UploadRequest extends Pick<AcceptRequest, 'requestId' | 'createdAt' | 'clips' | 'keyed'> {
  changes: Change[];
}

export class DatasetUploads {
  private readonly entries: DatasetEntries;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {
    this.entries = new DatasetEntries(database, workspaceId);
  }

  async take(name: string, { changes, ...request }: UploadRequest): Promise<Put | null> {
    return this.database.transaction(async (client) => {
      // The bytes before the dataset: whoever deletes a clip has these already when he comes to the datasets.
      const { accepted } = await acceptWithin(this.database, client, { ...request, workspaceId: this.workspaceId, job: null });
      if (!accepted) return null;
      const held = await holdDataset(this.database, client, { workspaceId: this.workspaceId, name, revision: undefined });
      await touchDataset(this.database, client, held.id);
      const { added, changed, known } = await this.entries.putPage(client, held, changes, true);
      return { added, changed, known };
    });
  }
}
