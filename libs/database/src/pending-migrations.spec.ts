import { pendingMigrations } from './pending-migrations.js';
import { freshDatabase } from './testing/fresh-database.js';

describe('the migrations that a database lacks', () => {
  const fresh = freshDatabase();
  const change = (text: string) => fresh.database.run({ name: '', text }, []);

  it('are none when it is up to date, those without a row, and all where nothing was ever migrated', async () => {
    expect(await pendingMigrations(fresh.database)).toEqual([]);
    await change(`delete from _prisma_migrations where migration_name like '%_engine'`);
    expect(await pendingMigrations(fresh.database)).toEqual(['20261121101733_engine']);
    await change('drop table _prisma_migrations');
    const all = await pendingMigrations(fresh.database);
    expect(all[0]).toBe('20261121101733_engine');
    expect(all.length).toBeGreaterThan(1);
  });
});
