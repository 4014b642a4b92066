import { Database, type DatabaseOptions } from '../database.js';

/** What comes of work over a connection of its own, and how many rows PostgreSQL looked at for it, in tables and indexes. */
export async function rowsRead<Told>(
  options: DatabaseOptions,
  work: (database: Database) => Promise<Told>,
): Promise<{ told: Told; rows: number }> {
  const database = new Database({ ...options, poolSize: 1 }); // one connection, whose counts can be asked to be told
  const count = async () => {
    await database.run({ name: '', text: 'select pg_stat_force_next_flush()' }, []);
    const text = `select sum(idx_tup_read)::int + (select sum(seq_tup_read)::int from pg_stat_user_tables) as n from pg_stat_user_indexes`;
    return (await database.run<{ n: number }>({ name: '', text }, []))[0]?.n ?? Number.NaN;
  };
  try {
    const before = await count();
    const told = await work(database);
    return { told, rows: (await count()) - before };
  } finally {
    await database.close();
  }
}
