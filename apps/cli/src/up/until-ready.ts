import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until every address answers /readyz with 200. They are asked for anew each time: a restarted service may have another. */
export async function untilReady(urls: () => Record<string, string>, limitSeconds: number): Promise<void> {
  for (const endMs = Date.now() + limitSeconds * 1000; ; await sleep(50)) {
    const answers = await Promise.all(Object.entries(urls()).map(async ([name, url]) => ({ name, answer: await probe(url) })));
    const missing = answers.filter(({ answer }) => answer !== null);
    if (missing.length === 0) return;
    if (Date.now() >= endMs) {
      throw new Error(`not ready after ${limitSeconds} s: ${missing.map(({ name, answer }) => `${name}: ${answer}`).join('; ')}`);
    }
  }
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
