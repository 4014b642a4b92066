import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line carries that is written inside `withLogContext`. */
export interface LogContext {
  requestId?: string;
  jobId?: string;
  taskId?: string;
  attempt?: number;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `fn`; every line logged from it, however deep, carries `context` (and what an outer call gave). */
export function withLogContext<T>(context: LogContext, fn: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, fn);
}

/** The context of the present call; empty outside of `withLogContext`. */
export function logContext(): LogContext {
  return storage.getStore() ?? {};
}
