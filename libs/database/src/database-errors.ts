// Which errors of the database may pass. A passing one is DATABASE_UNAVAILABLE, or STORAGE_FULL where its disk is: whoever asked tries
// again, nothing is given up for it.
import { types } from 'node:util';
import { EarshotError } from '@earshot/contracts';
import pg from 'pg';
import { z } from 'zod';

/**
 * SQLSTATE classes that are the fault of what was sent, and stay: data (22), constraints (23) and limits of one value, such as JSON that
 * is nested too deeply (54). Every other class (shutdown, cancelled, disk full, deadlock, read-only …) says something of the server or the moment.
 */
const faultsOfTheData = ['22', '23', '54'];

/** Prisma's own codes for a server that cannot be reached, does not answer, has closed the connection or takes no further one. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EAI_AGAIN']);

/** Words of pg for a connection that is lost or does not answer in time; it gives no code. */
const lostConnection = /connection terminated|not queryable|timeout (exceeded|expired)|read timeout/i;

/** Postgres found no space to write to. */
const diskFull = '53100';

/** Classes of a server that is starting, ending or full of connections. */
const notThereYet = ['08', '53', '57'];

/** Turns an error that may pass into DATABASE_UNAVAILABLE or STORAGE_FULL; every other one stays as it is. */
export function asUnavailable(error: unknown): unknown {
  if (!types.isNativeError(error) || error instanceof EarshotError) return error;
  const state = sqlStateOf(error);
  if (state === null && !isLost(error)) return error;
  if (state !== null && faultsOfTheData.includes(state.slice(0, 2))) return error;
  if (state === diskFull) return new EarshotError('STORAGE_FULL', 'Postgres has no space left on its disk', { cause: error });
  const detail = state === null ? 'Postgres did not answer' : `Postgres could not do this now (SQLSTATE ${state})`;
  return new EarshotError('DATABASE_UNAVAILABLE', detail, { cause: error });
}

/** Whether `asUnavailable` has said that the database could not do something now. */
export function isDatabaseAway(error: unknown): error is EarshotError {
  return error instanceof EarshotError && (error.code === 'DATABASE_UNAVAILABLE' || error.code === 'STORAGE_FULL');
}

/** Whether it could not be asked at all, or has no place or no time for anybody yet: not whether it refused us. */
export function isNotThereYet(error: unknown): boolean {
  if (!isDatabaseAway(error)) return false;
  const state = sqlStateOf(error.cause);
  return state === null || notThereYet.includes(state.slice(0, 2));
}

/** A deadlock or a lost race: nothing was written, and the same statement may well succeed now. */
export function isConflict(error: unknown): boolean {
  return sqlStateOf(error)?.startsWith('40') === true;
}

function sqlStateOf(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) return error.code ?? null;
  const byPrisma = prismaError.safeParse(error);
  return byPrisma.success ? byPrisma.data.meta.driverAdapterError.cause.originalCode : null;
}

/** Prisma's errors carry what its driver was told. */
const prismaError = z.object({ meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }) });

function isLost(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return networkCodes.has(code) || prismaCodes.has(code) || lostConnection.test(error.message);
}
