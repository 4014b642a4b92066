import { EarshotError, isDiskFull, type Task } from '@earshot/contracts';
import type { ItemOutcome } from '@earshot/database';
import type { EngineLog } from '../log.js';

/** How often one item is tried again at once when it failed for a passing reason. */
const triesOfAnItem = 3;

/** Collects what becomes of a task's items. */
export class Outcomes {
  /** A failure that is no item's own fault and may pass, before others one of something that is away: that is waited for longest. */
  passing: EarshotError | null = null;
  private readonly outcomes = new Map<number, ItemOutcome>();

  constructor(
    private readonly task: Task,
    private readonly signal: AbortSignal,
    private readonly log: EngineLog,
  ) {}

  /** Never rejects: whatever goes wrong with an item costs that item. After an abort nothing is begun or kept any more. */
  async keep(index: number, work: () => Promise<object>): Promise<void> {
    for (let tries = 1; !this.signal.aborted; tries++) {
      try {
        this.outcomes.set(index, { index, result: await work() });
        return;
      } catch (error) {
        if (this.signal.aborted) return;
        const failure = coded(error, 'This item could not be processed; the log of the worker says why');
        const isOwnFault = this.task.itemErrors.includes(failure.code);
        if (isOwnFault && failure.spec.retry && tries < triesOfAnItem) continue;
        if (!isOwnFault && failure.spec.retry) this.passing = this.passing?.spec.away ? this.passing : failure;
        else if (!isOwnFault) this.log.error({ error, task: this.task.name }, 'An item failed for a reason that was not foreseen');
        this.fail(index, failure);
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
}

/** What was thrown as one of our errors; `detail` is said of one that nobody foresaw. */
export function coded(error: unknown, detail: string): EarshotError {
  if (error instanceof EarshotError) return error;
  if (isDiskFull(error)) return new EarshotError('STORAGE_FULL', 'The disk of the worker is full', { cause: error });
  return new EarshotError('INTERNAL', detail, { cause: error });
}
