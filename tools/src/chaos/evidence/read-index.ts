// What the library holds, what its indexes should have, what Chroma has, and what is found there.
import { similarSamples } from '@earshot/contracts';
import { getProfile } from '@earshot/features';
import { embedders } from '@earshot/learning';
import { type Collection, VectorStore } from '@earshot/vectors';
import { ask } from '../load/ask.js';
import { knownVectors } from '../load/known-vectors.js';
import { untilAnswered } from '../load/until-answered.js';
import type { Run } from '../run.js';
import type { Find, LibraryRows } from '../verdict/evidence.js';

export async function readLibrary({ office, stack }: Run): Promise<LibraryRows> {
  const [row] = await office.read<Omit<LibraryRows, 'collections'>>(libraryStatement);
  const store = new VectorStore({ url: stack.chroma?.url });
  const collections = await untilAnswered(() => collectionsOf(store));
  return { samples: row?.samples ?? [], versions: row?.versions ?? [], collections };
}

/** Every sample that should be there is searched for by the vectors of its own sound. */
export async function readFinds(run: Run): Promise<Find[]> {
  const finds: Find[] = [];
  for (const { clipId, clipNumber, isIn } of run.history.samples.values()) {
    if (!isIn) continue;
    const vectors = knownVectors(
      clipNumber,
      embedders.map(({ profile }) => getProfile(profile)),
    );
    for (const [i, { name }] of embedders.entries()) finds.push(await find(run, clipId, name, vectors[i]!));
  }
  return finds;
}

async function find(run: Run, clipId: string, embedder: string, vector: Float32Array): Promise<Find> {
  const body = JSON.stringify({ embedder, vector: [...vector] });
  const request = { path: '/api/v1/library/search/vector', method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const answer = await ask(run.gatewayUrl(), request);
  const results = answer?.status === 200 ? similarSamples.parse(JSON.parse(answer.body)).results : [];
  const [first] = results;
  return { clipId, embedder, first: first?.clipId ?? null, distance: first?.distance ?? null, found: results.map((found) => found.clipId) };
}

/** Fails where one is removed meanwhile. */
async function collectionsOf(store: VectorStore): Promise<LibraryRows['collections']> {
  return Promise.all((await store.names()).map(async (name) => ({ name, clipIds: await store.ask(name, idsIn) })));
}

async function idsIn(collection: Collection): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of collection.ids()) ids.push(...page);
  return ids;
}

/** All of it as of one moment. */
const libraryStatement = `
select
  (select coalesce(jsonb_agg(jsonb_build_object('clipId', e.clip_id, 'genre', e.label)), '[]')
   from dataset d join dataset_entry e on e.dataset_id = d.id where d.name = 'library') as samples,
  (select coalesce(jsonb_agg(jsonb_build_object('embedder', v.embedder, 'collection', v.collection, 'entries', (
     select coalesce(jsonb_agg(jsonb_build_object('clipId', x.clip_id, 'wanted', x.wanted, 'isApplied', x.applied_revision = x.revision)), '[]')
     from index_entry x where x.index_version_id = v.id),
     'isLive', v.retired_at is null and exists (
       select from alias a where a.scope = 'index:' || v.embedder and a.name = 'live' and a.target = v.id::text))), '[]')
   from index_version v) as versions`;
