import { EarshotError } from '@earshot/contracts';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { asUnavailable, isConflict } from './database-errors.js';
import { PrismaClient } from './generated/client.js';
import { Grouped, type GroupedOptions } from './grouped.js';

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts and task ids stay far below 2^53

export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Of the hot path: prepared once per connection under its name, with the plan of `hot`. Others are planned whenever they run. */
  readonly isHot?: boolean;
}

/** A statement whose every row is found by an index, one after the other, however many there are. */
export function hot(statement: Statement): Statement {
  return { ...statement, isHot: true };
}

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Connections at most for the hot path, and as many again for everything else; 8 by default. */
  poolSize?: number;
  /** How long a statement may take, 20 s by default: Postgres ends it then, and a connection on which even that is not heard is given up. */
  statementLimitMs?: number;
  /** Told of each statement and of errors of idle connections. */
  onStatement?: (name: string) => void;
  onError?: (error: unknown) => void;
}

// A prepared statement keeps the plan of its first minutes, when tables were empty and a scan of them cheap: with 20,000 tasks a
// commit then took 8 ms instead of 2. It is planned once: by itself Postgres would plan the first five calls on each connection
// for their values, and a commit is planned for 4 ms.
const byIndexOnly = [
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'].map((way) => `-c enable_${way}=off`),
  '-c plan_cache_mode=force_generic_plan',
].join(' ');

/** After its limit a statement has so long until its connection is taken for dead. */
const answerMs = 1_000;

const triesAfterConflicts = 3;

/**
 * One process's way to Postgres: a pool for the hot path, whose planner looks things up by indexes only, and one for everything else, Prisma and
 * transactions among it.
 */
export class Database {
  readonly prisma: ReturnType<typeof openPrisma>;
  private readonly hotPool: pg.Pool;
  private readonly pool: pg.Pool;
  private readonly groups = new Set<{ readonly oldestMs: number }>();
  private readonly onStatement: (name: string) => void;
  private lastFullMs = Number.NEGATIVE_INFINITY;

  constructor(readonly options: DatabaseOptions) {
    this.hotPool = openPool(options, byIndexOnly);
    this.pool = openPool(options);
    this.prisma = openPrisma(this.pool, (error) => this.heard(error));
    this.onStatement = options.onStatement ?? (() => undefined);
  }

  /** Statements that many requests share. */
  grouped<Request, Answer>(run: (requests: Request[]) => Promise<Answer[]>, options?: GroupedOptions): Grouped<Request, Answer> {
    const grouped = new Grouped(run, options);
    this.groups.add(grouped);
    return grouped;
  }

  /** For how long the oldest request of all groups has had no answer. */
  get oldestGroupMs(): number {
    return Math.max(0, ...[...this.groups].map(({ oldestMs }) => oldestMs));
  }

  async run<Row extends object>({ name, text, isHot = false }: Statement, values: unknown[], client?: pg.ClientBase): Promise<Row[]> {
    this.onStatement(name);
    const on = client ?? (isHot ? this.hotPool : this.pool);
    const isAlone = client === undefined; // in a transaction a conflict has undone what came before, too
    for (let attempt = 1; ; attempt++) {
      try {
        const { rows } = await on.query<Row>({ ...(isHot ? { name } : {}), text, values });
        return rows;
      } catch (error) {
        if (!isAlone || !isConflict(error) || attempt === triesAfterConflicts) throw this.heard(error);
      }
    }
  }

  /** Runs `work` in one transaction; an error rolls it back. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw this.heard(error);
    });
    let broken = false;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      broken = await cannotRollBack(client);
      throw this.heard(error);
    } finally {
      client.release(broken);
    }
  }

  /** Throws DATABASE_UNAVAILABLE unless Postgres answers, and has left no request without an answer for so long: one connection may be well. */
  async ping({ patienceMs = 5_000 } = {}): Promise<void> {
    const waitedMs = Math.round(this.oldestGroupMs);
    if (waitedMs > patienceMs) throw new EarshotError('DATABASE_UNAVAILABLE', `A request has had no answer for ${waitedMs} ms`);
    await this.run(pingStatement, []);
  }

  /** Throws STORAGE_FULL while Postgres has said within the last minute that its disk is: reading goes on, and whoever only reads sees nothing of it. */
  async pingSpace({ forMs = 60_000 } = {}): Promise<void> {
    if (performance.now() - this.lastFullMs < forMs) throw new EarshotError('STORAGE_FULL', 'Postgres has no space left on its disk');
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await Promise.all([this.hotPool.end(), this.pool.end()]);
  }

  private heard(error: unknown): unknown {
    const told = asUnavailable(error);
    if (told instanceof EarshotError && told.code === 'STORAGE_FULL') this.lastFullMs = performance.now();
    return told;
  }
}

const pingStatement: Statement = { name: 'ping', text: 'select 1' };

function openPool(
  { url, applicationName, poolSize = 8, statementLimitMs = 20_000, onError }: DatabaseOptions,
  plannerOptions?: string,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    options: plannerOptions,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementLimitMs,
    query_timeout: statementLimitMs + answerMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  pool.on('error', (error) => onError?.(error));
  // The pool listens only while a connection is idle: one that is lost as it is handed over, or between two statements, would end the process.
  // Whoever has it learns that from its next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function openPrisma(pool: pg.Pool, heard: (error: unknown) => unknown) {
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw heard(error);
        }
      },
    },
  });
}

/** What cannot even be rolled back is closed, which undoes it as well. */
async function cannotRollBack(client: pg.PoolClient): Promise<boolean> {
  const rollback = { text: 'rollback', query_timeout: answerMs };
  return client.query(rollback).then(
    () => false,
    () => true,
  );
}
