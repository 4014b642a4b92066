import type { ClaimedTask } from '@earshot/database';

/** A task that this process has claimed. */
export interface RunningTask {
  readonly task: ClaimedTask;
  readonly abort: AbortController;
  /** Its handler has ended; what it brought is only to be written. */
  readonly worked: PromiseWithResolvers<void>;
}
