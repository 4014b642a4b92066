import type { Kind, ResultColumns } from '@earshot/contracts';
import type { ItemSource, Workspace } from '@earshot/database';
import type { VectorStore } from '@earshot/vectors';

/** What the rows of a job hold instead of what its client said: names that may come to mean something else are replaced by what they mean now. */
export interface Resolved {
  input: object;
  /** Of work over a dataset: its clips, in the order of the version. */
  items?: ItemSource;
}

/** Of which job that is asked, and where names can be looked up. */
export interface NewJobParts {
  id: string;
  workspace: Workspace;
  vectors: VectorStore;
}

/** What the contract of a kind cannot say, because it takes the code of another library. */
export interface KindRules {
  readonly kind: Kind;
  /** Refuses options that have the right shape and yet cannot be. */
  check?(input: unknown): void;
  /** Asked once for each job, when its rows are written; a request that is repeated under its key does not ask again. */
  resolve?(input: unknown, job: NewJobParts): Promise<Resolved>;
  /** The columns of its results, where the options decide about them. */
  columns?(input: unknown): ResultColumns;
}
