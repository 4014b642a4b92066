// A library as it is after years of imports, written by the server itself: samples that nobody heard, with vectors of zeros.
import pg from 'pg';

/** Under which the vectors are kept, and how many numbers they have. */
export interface Planted {
  recipe: string;
  columns: number;
}

export async function plantLibrary(databaseUrl: string, workspaceId: string, samples: number, planted: readonly Planted[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    await client.query(
      'create table planting as select n, gen_random_uuid() as id, md5(n::text) || md5((-n)::text) as sha from generate_series(1, $1::int) n',
      [samples],
    );
    for (const text of statements) await client.query(text, [workspaceId]);
    for (const { recipe, columns } of planted) await client.query(vectorsStatement, [workspaceId, recipe, columns]);
    await client.query('drop table planting');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** Twelve genres, five tags of forty each, three licences, five hundred authors. */
const statements = [
  `insert into blob (workspace_id, sha256, size_bytes, "references") select $1, sha, 100000, 1 from planting`,
  `insert into clip (id, workspace_id, sha256, filename, size_bytes, created_at)
   select id, $1, sha, 'sample-' || n || '.wav', 100000, now() from planting`,
  `insert into dataset (id, workspace_id, name) values (gen_random_uuid(), $1, 'library')`,
  `insert into dataset_entry (dataset_id, clip_id, workspace_id, label)
   select d.id, p.id, $1, 'genre ' || p.n % 12 from planting p join dataset d on d.workspace_id = $1 and d.name = 'library'`,
  `insert into sample (clip_id, workspace_id, sha256, tags, licence, author)
   select id, $1, sha, array(select 'tag ' || (n * k) % 40 from generate_series(1, 5) k), 'licence ' || n % 3, 'author ' || n % 500 from planting`,
];

const vectorsStatement = `
insert into derived (workspace_id, sha256, recipe, shape, facts, bytes)
select $1, sha, $2, array[$3::int], jsonb_build_object('durationSeconds', 0.1 + n % 1000 / 100.0), decode(repeat('00', 4 * $3::int), 'hex')
from planting`;
