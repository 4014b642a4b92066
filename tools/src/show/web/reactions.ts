import type { Page } from 'playwright-core';

/** A key or a click until the frame that shows what it did, as the browser itself measured it (Event Timing, in steps of 8 ms). */
export interface Reaction {
  event: string;
  target: string;
  durationMs: number;
  /** Until its handlers began, what they took, and from there to the frame. */
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

/** Those that were kept, the slowest first. */
export async function reactions(page: Page): Promise<Reaction[]> {
  const kept = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))); // the last one is told after its frame
    return (globalThis as unknown as { reactions: Reaction[] }).reactions;
  });
  return kept.toSorted((a, b) => b.durationMs - a.durationMs);
}
