import type { Locator, Page } from 'playwright-core';

export interface Frames {
  frames: number;
  /** Above that a movement is seen to stop. */
  over50Ms: number;
  p95Ms: number;
  slowestMs: number;
}

/** The times between one frame and the next while `during` goes on. */
export async function framesOf(page: Page, during: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    let isOn = true;
    const keep = (now: number) => {
      times.push(now);
      if (isOn) requestAnimationFrame(keep);
    };
    requestAnimationFrame(keep);
    const framesUntilNow = () => {
      isOn = false;
      return times;
    };
    Object.assign(globalThis, { framesUntilNow });
  });
  await during();
  const times = await page.evaluate(() => (globalThis as unknown as { framesUntilNow: () => number[] }).framesUntilNow());
  const gaps = times
    .slice(1)
    .map((time, i) => time - (times[i] ?? time))
    .toSorted((a, b) => a - b);
  return {
    frames: gaps.length,
    over50Ms: gaps.filter((gap) => gap > 50).length,
    p95Ms: Math.round(gaps[Math.floor(0.95 * gaps.length)] ?? 0),
    slowestMs: Math.round(gaps.at(-1) ?? 0),
  };
}

/** Rolls an element from its beginning to its end in so many frames. */
export function scrollThrough(scroller: Locator, steps: number): Promise<void> {
  return scroller.evaluate(async (element, steps) => {
    for (let step = 1; step <= steps; step++) {
      element.scrollTop = (step / steps) * (element.scrollHeight - element.clientHeight);
      await new Promise(requestAnimationFrame);
    }
    // Rows are measured on the way, so that the end may lie farther away than it did.
    while (element.scrollTop + element.clientHeight < element.scrollHeight - 1) {
      element.scrollTop = element.scrollHeight;
      await new Promise(requestAnimationFrame);
    }
  }, steps);
}
