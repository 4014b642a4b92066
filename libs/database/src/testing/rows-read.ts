import { Database, type DatabaseOptions, type Statement } from '../database.js';

/** What comes of work over a connection of its own, and how many rows PostgreSQL looked at for it, in tables and indexes. */
export async function rowsRead<Told>(
  options: DatabaseOptions,
  work: (database: Database) => Promise<Told>,
): Promise<{ told: Told; rows: number }> {
  const database = new Database({ ...options, poolSize: 1 }); // one connection, whose counts can be asked to be told
  try {
    const before = await rowsReadSoFar(database);
    const told = await work(database);
    return { told, rows: (await rowsReadSoFar(database)) - before };
  } finally {
    await database.close();
  }
}

/** So far, where the database has one connection; that of hot statements is asked by `as`. */
export async function rowsReadSoFar(
  database: Database,
  as: (statement: Statement) => Statement = (statement) => statement,
): Promise<number> {
  await database.run(as({ name: 'flush', text: 'select pg_stat_force_next_flush()' }), []);
  const text = `select sum(idx_tup_read)::int + (select sum(seq_tup_read)::int from pg_stat_user_tables) as n from pg_stat_user_indexes`;
  return (await database.run<{ n: number }>(as({ name: 'rows-read', text }), []))[0]?.n ?? Number.NaN;
}
