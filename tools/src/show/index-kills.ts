// npm run show -- index-kills [--samples N] [--kills N] [--quick]
// An index of the library is made twice from the same samples: unbroken, and with its indexer killed (SIGKILL) again and again while it is
// written. Then Chroma is killed, and killed and erased. All the while requests of other kinds are sent, and searches in the index that
// answers. The answers have to be the same before and after, no other request may fail, searches only while Chroma is away, and in the end
// Chroma holds one collection. Prints one JSON line.
import { parseArgs } from 'node:util';
import { type SimilarSamples, similarQuery } from '@earshot/contracts';
import { getEmbedder, Random } from '@earshot/learning';
import { VectorStore } from '@earshot/vectors';
import { directions } from '@earshot/vectors/testing';
import { LibraryStack } from '../library/library-stack.js';
import { printLine } from '../print-line.js';
import { breakBuild } from './index-kills/break-build.js';
import { Load } from './index-kills/load.js';
import { until } from './index-kills/until.js';

const embedder = similarQuery.embedder.parse(undefined);
const askedFor = 50;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { samples: { type: 'string' }, kills: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const samples = Number(values.samples ?? (values.quick ? 4_000 : 16_000));
  const kills = Number(values.kills ?? (values.quick ? 2 : 20));
  const stack = await LibraryStack.start();
  try {
    const { violations, ...figures } = await tryStack(stack, samples, kills);
    printLine({ samples, ...figures, verdict: violations.length === 0 ? 'ok' : 'broken', violations });
    if (violations.length > 0) process.exitCode = 1;
  } finally {
    await stack.close();
  }
}

async function tryStack(stack: LibraryStack, samples: number, kills: number) {
  const violations: string[] = [];
  const ids = await stack.plantVectors(embedder, directions(samples, getEmbedder(embedder).dimensions));
  const asked = ids.filter((_, i) => i % Math.ceil(samples / askedFor) === 0);
  const answers = async () => {
    const found: SimilarSamples[] = [];
    for (const id of asked) found.push(await stack.similar(id));
    return found;
  };
  const compare = async (before: SimilarSamples[], when: string) => {
    const now = await answers();
    const other = now.filter(({ results }, i) => JSON.stringify(results) !== JSON.stringify(before[i]?.results)).length;
    if (other > 0) violations.push(`${other} of ${now.length} searches are answered otherwise ${when}`);
    return now;
  };

  const unbroken = await stack.rebuilt(await stack.rebuild(embedder));
  const before = await answers();
  const load = new Load(stack, asked);
  load.start();

  const jobId = await stack.rebuild(embedder);
  const killed = await breakBuild(stack, jobId, { kills, mostMs: 500, random: new Random(1, 'index-kills') });
  const broken = await stack.rebuilt(jobId);
  if (killed < kills) violations.push(`the indexer was killed only ${killed} times while it wrote`);
  const after = await compare(before, 'by the index whose making was broken');
  if (after[0]?.indexVersion !== broken.indexVersion) violations.push('the broken index did not take over');
  if (load.failures.search > 0) violations.push(`${load.failures.search} searches failed while the index was made anew`);

  const awaySeconds: Record<string, number> = {};
  for (const erased of [false, true]) {
    await stack.chroma.kill();
    const startMs = performance.now();
    await until('searches say that Chroma is away', async () => (await refusalOf(stack, asked[0]))?.includes('INDEX_UNAVAILABLE') === true);
    await stack.chroma.restart({ erased });
    await until('searches are answered again', async () => (await refusalOf(stack, asked[0])) === null);
    const how = erased ? 'killed and erased' : 'killed';
    awaySeconds[how] = Math.round((performance.now() - startMs) / 100) / 10;
    await compare(before, `after Chroma was ${how}`);
  }
  await load.stop();
  if (load.failures.other > 0) violations.push(`${load.failures.other} requests that were no searches failed: ${load.lastFailure}`);

  const store = new VectorStore({ url: stack.chroma.url });
  const live = (await stack.indexes()).find(({ state }) => state === 'live');
  await until('one collection is left', async () => {
    const names = await store.names();
    return names.length === 1 && names[0]?.endsWith(live?.id ?? ' ') === true;
  }).catch((error: Error) => violations.push(error.message));
  return {
    recall: [unbroken.recall, broken.recall],
    kills: killed,
    searches: { asked: load.asked.search, failed: load.failures.search },
    otherRequests: { asked: load.asked.other, failed: load.failures.other },
    awaySeconds,
    violations,
  };
}

/** Null: it was answered. */
async function refusalOf(stack: LibraryStack, id = ''): Promise<string | null> {
  return stack.similar(id).then(
    () => null,
    (error: Error) => error.message,
  );
}
