import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { asUnavailable, isConflict } from './database-errors.js';
import { PrismaClient } from './generated/client.js';

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts and task ids stay far below 2^53

/** A prepared statement of the hot path: planned once per connection under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Connections at most; 10 by default. */
  poolSize?: number;
  /** How long a statement may take, 20 s by default: Postgres ends it then, and a connection on which even that is not heard is given up. */
  statementLimitMs?: number;
  /** Told of each statement of the hot path and of errors of idle connections. */
  onStatement?: (name: string) => void;
  onError?: (error: unknown) => void;
}

// A prepared statement keeps the plan of its first minutes, when tables were empty and a scan of them cheap: with 20,000 tasks a
// commit then took 8 ms instead of 2. Every statement here finds its rows by an index, one after the other, however many there are.
const plannerOptions = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'].map((way) => `-c enable_${way}=off`).join(' ');

/** After its limit a statement has so long until its connection is taken for dead. */
const answerMs = 1_000;

const triesAfterConflicts = 3;

/** One process's way to Postgres: a pool that Prisma and the prepared statements share. */
export class Database {
  readonly prisma: ReturnType<typeof openPrisma>;
  private readonly pool: pg.Pool;
  private readonly onStatement: (name: string) => void;

  constructor(readonly options: DatabaseOptions) {
    const limitMs = options.statementLimitMs ?? 20_000;
    this.pool = new pg.Pool({
      connectionString: options.url,
      application_name: options.applicationName,
      options: plannerOptions,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: 5_000,
      statement_timeout: limitMs,
      query_timeout: limitMs + answerMs,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
    });
    this.pool.on('error', (error) => options.onError?.(error));
    this.prisma = openPrisma(this.pool);
    this.onStatement = options.onStatement ?? (() => undefined);
  }

  async run<Row extends object>(statement: Statement, values: unknown[], client: pg.Pool | pg.ClientBase = this.pool): Promise<Row[]> {
    this.onStatement(statement.name);
    const isAlone = client === this.pool; // in a transaction a conflict has undone what came before, too
    for (let attempt = 1; ; attempt++) {
      try {
        const { rows } = await client.query<Row>({ ...statement, values });
        return rows;
      } catch (error) {
        if (!isAlone || !isConflict(error) || attempt === triesAfterConflicts) throw asUnavailable(error);
      }
    }
  }

  /** Runs `work` in one transaction; an error rolls it back. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw asUnavailable(error);
    });
    let broken = false;
    // The pool listens only to idle connections: one that is lost between two statements would end the process.
    const onLost = () => {
      broken = true;
    };
    client.on('error', onLost);
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      broken ||= await cannotRollBack(client);
      throw asUnavailable(error);
    } finally {
      client.off('error', onLost);
      client.release(broken);
    }
  }

  /** Throws DATABASE_UNAVAILABLE unless Postgres answers. */
  async ping(): Promise<void> {
    await this.run({ name: 'ping', text: 'select 1' }, []);
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pool.end();
  }
}

function openPrisma(pool: pg.Pool) {
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw asUnavailable(error);
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
