import { types } from 'node:util';
import { EarshotError } from '@earshot/contracts';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
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
  /** Told of each statement of the hot path and of errors of idle connections. */
  onStatement?: (name: string) => void;
  onError?: (error: unknown) => void;
}

// A prepared statement keeps the plan of its first minutes, when tables were empty and a scan of them cheap: with 20,000 tasks a
// commit then took 8 ms instead of 2. Every statement here finds its rows by an index, one after the other, however many there are.
const plannerOptions = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'].map((way) => `-c enable_${way}=off`).join(' ');

/** One process's way to Postgres: a pool that Prisma and the prepared statements share. */
export class Database {
  readonly prisma: ReturnType<typeof openPrisma>;
  private readonly pool: pg.Pool;
  private readonly onStatement: (name: string) => void;

  constructor(readonly options: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      application_name: options.applicationName,
      options: plannerOptions,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
    });
    this.pool.on('error', (error) => options.onError?.(error));
    this.prisma = openPrisma(this.pool);
    this.onStatement = options.onStatement ?? (() => undefined);
  }

  async run<Row extends object>({ name, text }: Statement, values: unknown[], client: pg.Pool | pg.ClientBase = this.pool): Promise<Row[]> {
    this.onStatement(name);
    try {
      const { rows } = await client.query<Row>({ name, text, values });
      return rows;
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** Runs `work` in one transaction; an error rolls it back. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw asUnavailable(error);
    });
    let broken: Error | undefined;
    // The pool listens only to idle connections: one that is lost between two statements would end the process.
    const onLost = (error: Error) => {
      broken = error;
    };
    client.on('error', onLost);
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: unknown) => {
        broken = cause instanceof Error ? cause : new Error(String(cause));
      });
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

/** Prisma's own codes for a server that cannot be reached, does not answer, has closed the connection or takes no further one. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EAI_AGAIN']);

/** Errors of the connection (SQLSTATE class 08, shutdown, too many connections, the network) become DATABASE_UNAVAILABLE. */
function asUnavailable(error: unknown): unknown {
  if (!types.isNativeError(error) || error instanceof EarshotError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const lost =
    /^08|^57P0|^53300|^25P03/.test(code) ||
    networkCodes.has(code) ||
    prismaCodes.has(code) ||
    /connection terminated|not queryable|timeout (exceeded|expired)|Code: `(08|57P0|53300|25P03)/i.test(error.message);
  return lost ? new EarshotError('DATABASE_UNAVAILABLE', 'Postgres did not answer', { cause: error }) : error;
}
