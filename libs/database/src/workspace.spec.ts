import { Database } from './database.js';
import { freshDatabase } from './testing/fresh-database.js';
import { Workspaces } from './workspace.js';

describe('a workspace', () => {
  const fresh = freshDatabase();

  it('is made once, however many services ask for it for the first time at once', async () => {
    const services = Array.from({ length: 8 }, () => new Database({ ...fresh.database.options, poolSize: 1 }));
    try {
      await Promise.all(services.map((database) => database.ping()));
      const found = await Promise.all(services.map((database) => new Workspaces(database).named('new')));
      expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    } finally {
      await Promise.all(services.map((database) => database.close()));
    }
  });
});
