import type { Page } from 'playwright-core';

/** A key or a click until the frame that shows what it did, as the browser itself measured it (Event Timing, in steps of 8 ms). */
interface Reaction {
  event: string;
  target: string;
  durationMs: number;
  waitedMs: number;
  handledMs: number;
  drawnMs: number;
}

/** From now on reactions are kept, also those that came before. */
export function watchReactions(page: Page): Promise<void> {
  return page.evaluate(() => {
    const kept: Reaction[] = [];
    Object.assign(globalThis, { reactions: kept });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.interactionId === 0) continue; // the pointer that only moves is none
        const element = entry.target instanceof Element ? entry.target : null;
        kept.push({
          event: entry.name,
          target: (element?.getAttribute('aria-label') ?? element?.textContent ?? 'the page').trim().slice(0, 40),
          durationMs: entry.duration,
          waitedMs: Math.round(entry.processingStart - entry.startTime),
          handledMs: Math.round(entry.processingEnd - entry.processingStart),
          drawnMs: Math.max(0, Math.round(entry.startTime + entry.duration - entry.processingEnd)),
        });
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  });
}

export interface Slowest {
  slowestReactionMs: number;
  /** What it was, and where its time went: until its handlers began, what they took, and from there to the frame. */
  slowestReaction: string;
}

export async function slowestReaction(page: Page): Promise<Slowest> {
  const kept = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))); // the last one is told after its frame
    return (globalThis as unknown as { reactions: Reaction[] }).reactions;
  });
  const [slowest] = kept.toSorted((a, b) => b.durationMs - a.durationMs);
  if (slowest === undefined) return { slowestReactionMs: 0, slowestReaction: 'none above 16 ms' };
  const { event, target, durationMs, waitedMs, handledMs, drawnMs } = slowest;
  return { slowestReactionMs: durationMs, slowestReaction: `${event} on ${target}: ${waitedMs} + ${handledMs} + ${drawnMs} ms` };
}
