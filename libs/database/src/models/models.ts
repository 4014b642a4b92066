import type { Database } from '../database.js';
import { type ChosenVersion, VersionChoice, type VersionWish } from './choose-version.js';
import { ClassifierRepository } from './classifier.repository.js';
import { ClassifierAliases } from './classifier-aliases.js';
import { ModelVersionRepository } from './version.repository.js';

/** The registry of one workspace: classifiers, their versions, and the aliases that point at them. */
export class Models {
  readonly classifiers: ClassifierRepository;
  readonly versions: ModelVersionRepository;
  readonly aliases: ClassifierAliases;
  private readonly choice: VersionChoice;

  constructor(database: Database, workspaceId: string) {
    this.classifiers = new ClassifierRepository(database, workspaceId);
    this.versions = new ModelVersionRepository(database, workspaceId);
    this.aliases = new ClassifierAliases(database, workspaceId);
    this.choice = new VersionChoice(database, workspaceId);
  }

  /** The version that a job works with, once for all of it. */
  choose(wish: VersionWish): Promise<ChosenVersion> {
    return this.choice.choose(wish);
  }
}
