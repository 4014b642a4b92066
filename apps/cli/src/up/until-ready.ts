import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until every address answers /readyz with 200. Rejects when that takes too long, with the last answers. */
export async function untilReady(urls: Record<string, string>, limitSeconds: number): Promise<void> {
  const endMs = Date.now() + limitSeconds * 1000;
  await Promise.all(
    Object.entries(urls).map(async ([name, url]) => {
      for (let answer = await probe(url); answer !== null; answer = await probe(url)) {
        if (Date.now() >= endMs) throw new Error(`${name} was not ready after ${limitSeconds} s: ${answer}`);
        await sleep(50);
      }
    }),
  );
}

/** Null when it is ready, else what it said. */
async function probe(url: string): Promise<string | null> {
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/readyz`, { signal: AbortSignal.timeout(3000) });
    const body = await response.text();
    return response.ok ? null : body;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
