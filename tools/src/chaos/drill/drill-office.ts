import { randomUUID } from 'node:crypto';
import { type Job, planOf } from '@earshot/contracts';
import { Database, type NewItem, type Workspace, Workspaces } from '@earshot/database';
import { untilAnswered } from '../load/until-answered.js';
import { type LongInput, longJob } from '../long/long.jobs.js';
import { chunkedDrill, type DrillInput, singleDrill, stagedDrill, updatedDrill } from './drill.jobs.js';

export interface AskedDrill {
  id: string;
  total: number;
}

/** Writes drill jobs, as a gateway writes its own: once this returns, they are accepted. Nobody is rung; the drill engine's dispatcher does. */
export class DrillOffice {
  private constructor(
    readonly database: Database,
    readonly workspace: Workspace,
  ) {}

  static async open(url: string): Promise<DrillOffice> {
    const database = new Database({ url, applicationName: 'chaos', poolSize: 10 });
    return new DrillOffice(database, await new Workspaces(database).named('default'));
  }

  staged(names: string[], input: DrillInput): Promise<AskedDrill> {
    return this.ask(stagedDrill, names, input, null);
  }

  chunked(names: string[], input: DrillInput): Promise<AskedDrill> {
    return this.ask(chunkedDrill, names, input, null);
  }

  updated(names: string[], input: DrillInput): Promise<AskedDrill> {
    return this.ask(updatedDrill, names, { ...input, flavour: 'new' }, null);
  }

  async long(names: string[], input: LongInput): Promise<AskedDrill> {
    return this.ask(longJob, names, input, null);
  }

  single(names: string[], itemsPerTask: number, input: DrillInput, deadlineAt: Date | null = null): Promise<AskedDrill> {
    return this.ask(singleDrill(itemsPerTask), names, input, deadlineAt);
  }

  /** Postgres may be away at this very moment: asks until it answers. */
  read<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return untilAnswered(() => this.database.run<Row>({ name: '', text }, values));
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private async ask(job: Job, names: string[], input: object, deadlineAt: Date | null): Promise<AskedDrill> {
    const id = randomUUID();
    const items: NewItem[] = names.map((customId) => ({ clipId: null, customId }));
    const row = { id, kind: job.kind, input, metadata: {}, priority: 5, stages: planOf(job), waiter: null, deadlineAt, retryOf: null };
    await this.workspace.jobs.createOverClips(row, items);
    return { id, total: names.length };
  }
}
