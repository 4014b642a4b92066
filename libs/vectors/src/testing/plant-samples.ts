import { createHash, randomUUID } from 'node:crypto';
import { Acceptor, type Database, type Workspace } from '@earshot/database';

interface Plot {
  database: Database;
  workspace: Workspace;
  /** Under which the vectors are kept. */
  recipe: string;
}

const rowsOfPage = 500;

/** Adds a sample for each vector, as if it had been computed from a sound; null: one that cannot be read. */
export async function plantSamples({ database, workspace, recipe }: Plot, vectors: readonly (Float32Array | null)[]): Promise<string[]> {
  const acceptor = new Acceptor(database);
  const ids: string[] = [];
  for (let start = 0; start < vectors.length; start += rowsOfPage) {
    const planted = vectors.slice(start, start + rowsOfPage).map((vector) => {
      const id = randomUUID();
      return { vector, id, sha256: createHash('sha256').update(id).digest('hex'), filename: `${id}.wav`, sizeBytes: 36 };
    });
    const clips = planted.map(({ vector: _, ...clip }) => clip);
    await acceptor.submit({ requestId: randomUUID(), workspaceId: workspace.id, createdAt: new Date(), clips, job: null, keyed: null });
    const results = planted.flatMap(({ vector, sha256 }) =>
      vector === null
        ? []
        : [{ sha256, recipe, shape: [vector.length], facts: {}, place: { bytes: new Uint8Array(vector.slice().buffer) } }],
    );
    await workspace.derived.keep(results, []);
    await workspace.samples.put(clips.map(({ id }, i) => ({ clipId: id, label: i % 2 === 0 ? 'techno' : 'house' })));
    ids.push(...clips.map(({ id }) => id));
  }
  return ids;
}
