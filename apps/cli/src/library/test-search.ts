import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { type DatasetClip, datasetClipPage, oldSampleSearch, type SimilarSamples, similarSamples } from '@earshot/contracts';
import { exitCodes } from '../exit-codes.js';
import type { Server } from '../kinds/server.js';
import { printData, say } from '../terminal.js';

export interface TestSearchOptions {
  nResults: number;
  embedder: string;
  samples: number;
  json?: boolean;
}

interface Found {
  filename: string;
  genre: string | null;
  similarity: number;
}

export async function searchForFile(server: Server, file: string, { nResults, embedder, json }: TestSearchOptions): Promise<number> {
  const form = new FormData();
  form.append('file', await openAsBlob(file), basename(file));
  const query = new URLSearchParams({ n_results: String(nResults), embedder });
  const answer = await server.request(`/search?${query}`, { method: 'POST', body: form });
  const found = oldSampleSearch.parse(await answer.json());
  printData(json ? JSON.stringify(found) : linesOf(found.query, found.results));
  return exitCodes.ok;
}

/** Each is to find itself first; of the others those of its own genre are counted. */
export async function searchForSamples(server: Server, { nResults, embedder, samples, json }: TestSearchOptions): Promise<number> {
  const { items } = datasetClipPage.parse(await server.json(`/api/v1/datasets/library/clips?limit=${samples}`));
  if (items.length === 0) {
    say('earshot: the library has no samples; earshot build-database puts some into it');
    return exitCodes.notFound;
  }
  const query = new URLSearchParams({ n: String(nResults + 1), embedder });
  const found: { sample: DatasetClip; similar: SimilarSamples }[] = [];
  for (const sample of items)
    found.push({ sample, similar: similarSamples.parse(await server.json(`/api/v1/library/clips/${sample.clipId}/similar?${query}`)) });
  const others = found.flatMap(({ sample, similar }) =>
    similar.results.filter(({ clipId }) => clipId !== sample.clipId).map(({ genre }) => genre === sample.label),
  );
  const summary = {
    embedder,
    indexVersion: found[0]?.similar.indexVersion,
    samples: found.length,
    foundThemselvesFirst: found.filter(({ sample, similar }) => similar.results[0]?.clipId === sample.clipId).length,
    sameGenre: others.length === 0 ? null : others.filter(Boolean).length / others.length,
  };
  if (json) printData(JSON.stringify({ ...summary, searches: found.map(({ sample, similar }) => ({ query: sample, ...similar })) }));
  else {
    for (const { sample, similar } of found) printData(linesOf(`${sample.filename} (${sample.label ?? 'no genre'})`, similar.results));
    const share = summary.sameGenre === null ? '' : `; ${Math.round(100 * summary.sameGenre)} % of the others are of the same genre`;
    printData(`${summary.foundThemselvesFirst} of ${summary.samples} found themselves first${share}`);
  }
  return summary.foundThemselvesFirst === summary.samples ? exitCodes.ok : exitCodes.error;
}

function linesOf(query: string, results: readonly Found[]): string {
  const rows = results.map(
    ({ similarity, genre, filename }, i) => `  ${String(i + 1).padStart(2)}  ${similarity.toFixed(3)}  ${genre ?? '-'}  ${filename}`,
  );
  return [query, ...rows].join('\n');
}
