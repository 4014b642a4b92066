import { v7 as uuid } from 'uuid';
import { AliasRepository } from './alias.repository.js';
import { ClipRepository } from './clip.repository.js';
import type { Database } from './database.js';
import { DatasetRepository } from './datasets/dataset.repository.js';
import { DerivedRepository } from './derived.repository.js';
import { EventRepository } from './event.repository.js';
import { JobReader } from './hot/read-jobs.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { JobRepository } from './job.repository.js';
import { IndexVersions } from './library/index-versions.js';
import { SampleRepository } from './library/sample.repository.js';
import { Models } from './models/models.js';
import { OldAnswers } from './old-answers.js';

/** Everything that a request may touch: bound to its workspace by construction. */
export interface Workspace {
  readonly id: string;
  readonly clips: ClipRepository;
  readonly jobs: JobRepository;
  readonly events: EventRepository;
  readonly answers: IdempotencyRepository;
  readonly derived: DerivedRepository;
  readonly aliases: AliasRepository;
  readonly oldAnswers: OldAnswers;
  readonly datasets: DatasetRepository;
  readonly samples: SampleRepository;
  readonly indexes: IndexVersions;
  readonly models: Models;
}

export class Workspaces {
  private readonly reader: JobReader;
  private readonly open = new Map<string, Workspace>();

  constructor(private readonly database: Database) {
    this.reader = new JobReader(database);
  }

  /** The workspace of that name; made when it is asked for the first time. */
  async named(name: string): Promise<Workspace> {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const { workspace: table } = this.database.prisma;
    await table.createMany({ data: [{ id: uuid(), name }], skipDuplicates: true }); // an upsert reads first, and two at once would both write
    const { id } = await table.findUniqueOrThrow({ where: { name } });
    const workspace: Workspace = {
      id,
      clips: new ClipRepository(this.database, id),
      jobs: new JobRepository(this.database, id, this.reader),
      events: new EventRepository(this.database, id),
      answers: new IdempotencyRepository(this.database, id),
      derived: new DerivedRepository(this.database, id),
      aliases: new AliasRepository(this.database, id),
      oldAnswers: new OldAnswers(this.database, id),
      datasets: new DatasetRepository(this.database, id),
      samples: new SampleRepository(this.database, id),
      indexes: new IndexVersions(this.database, id),
      models: new Models(this.database, id),
    };
    this.open.set(name, workspace);
    return workspace;
  }
}
