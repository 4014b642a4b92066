import pg from 'pg';

/**
 * Lets the role of a URL work as services do, and no further: it reads and writes rows, but makes, changes and owns nothing, and is nothing
 * on the server. It is made where there is none. Whoever gets hold of it is not the owner of the tables, let alone a superuser, who may
 * run programs.
 */
export async function admitServices(client: pg.Client, servicesUrl: string): Promise<void> {
  const { username, password } = new URL(servicesUrl);
  const [role, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  const { rows } = await client.query<{ owner: string; database: string; known: boolean }>(
    'select current_user as owner, current_database() as database, exists(select from pg_roles where rolname = $1) as known',
    [role],
  );
  const [{ owner, database, known } = { owner: '', database: '', known: false }] = rows;
  if (role === '' || role === owner)
    throw new Error(`SERVICES_DATABASE_URL names the owner of the tables, ${owner}: services need a role of their own`);
  const [named, ownerName, databaseName] = [role, owner, database].map((name) => pg.escapeIdentifier(name));
  const login = `login password ${pg.escapeLiteral(secret)}`;
  await client.query(known ? `alter role ${named} ${login}` : `create role ${named} ${login}`);
  await client.query(`
    revoke create on schema public from public;
    grant connect on database ${databaseName} to ${named};
    grant usage on schema public to ${named};
    grant select, insert, update, delete on all tables in schema public to ${named};
    grant usage, select, update on all sequences in schema public to ${named};
    revoke insert, update, delete on _prisma_migrations from ${named};
    alter default privileges for role ${ownerName} in schema public grant select, insert, update, delete on tables to ${named};
    alter default privileges for role ${ownerName} in schema public grant usage, select, update on sequences to ${named};
  `);
}
