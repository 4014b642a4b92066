import { EarshotError, errorCodes, isErrorCode, type Task } from '@earshot/contracts';
import type { ItemOutcome } from '@earshot/database';
import type { EngineLog } from '../log.js';

/** How often one item is tried again at once when it failed for a passing reason. */
const triesOfAnItem = 3;

/** Collects what becomes of a task's items. */
export class Outcomes {
  private readonly outcomes = new Map<number, ItemOutcome>();

  constructor(
    private readonly task: Task,
    private readonly signal: AbortSignal,
    private readonly log: EngineLog,
  ) {}

  /** An error that is none of the item's is thrown on: it is the whole task's. */
  async keep(index: number, work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.outcomes.set(index, { index, result: this.checked(await work()) });
        return;
      } catch (error) {
        this.signal.throwIfAborted();
        const failure = this.faultOfTheItem(error);
        if (errorCodes[failure.code].retry && attempt < triesOfAnItem) continue;
        this.outcomes.set(index, { index, error: failure });
        return;
      }
    }
  }

  fail(index: number, { code, detail }: EarshotError): void {
    this.outcomes.set(index, { index, error: { code, detail } });
  }

  /** Of all `indexes`; one that the handler left out is an error, not a gap. */
  of(indexes: readonly number[]): ItemOutcome[] {
    return indexes.map(
      (index) =>
        this.outcomes.get(index) ?? { index, error: { code: 'INTERNAL', detail: `${this.task.name} brought no result for this item` } },
    );
  }

  private checked(result: unknown): object {
    const parsed = this.task.itemResult.safeParse(result);
    if (!parsed.success) throw new Error(`${this.task.name} brought a result that does not fit its contract: ${parsed.error.message}`);
    return Object(parsed.data);
  }

  private faultOfTheItem(error: unknown) {
    if (!(error instanceof EarshotError)) {
      this.log.error({ error, task: this.task.name }, 'An item failed for a reason that has no code');
      return { code: 'INTERNAL', detail: 'This item could not be processed; the log of the worker says why' } as const;
    }
    const { code, detail } = error;
    if (isErrorCode(code) && this.task.itemErrors.includes(code)) return { code, detail };
    throw error;
  }
}
