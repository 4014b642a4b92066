import type { Browser, Page } from 'playwright-core';
import { visit } from '../../web/browser.js';
import { type Slowest, slowestReaction, watchReactions } from './reactions.js';

export interface FirstVisit extends Slowest {
  /** Until the largest thing of the first screen was painted. */
  largestPaintMs: number;
  /** All that was sent for it, as it came over the wire. */
  sentBytes: number;
  scriptBytes: number;
  /** From the address to the answer about the example that is chosen already: one click. */
  firstAnswerMs: number;
  /** From a file being dropped to its answer. */
  afterDropMs: number;
}

/** A browser that was never there before: its first screen, an example, a sound of its own. */
export async function firstVisit(browser: Browser, url: string): Promise<FirstVisit> {
  const startMs = performance.now();
  const { page, close } = await visit(browser, url);
  await watchReactions(page);
  await page.getByRole('button', { name: 'Listen to this' }).click();
  await page.locator('[data-answer]').waitFor();
  const firstAnswerMs = Math.round(performance.now() - startMs);
  await page.getByRole('img', { name: /^Spectrogram of/ }).waitFor();
  const afterDropMs = Math.round(await dropAndWait(page));
  await page.keyboard.press('t');
  await page.getByRole('tab', { name: 'Numbers' }).click();
  await page.getByRole('rowheader', { name: 'tempo' }).waitFor();
  const slowest = await slowestReaction(page);
  const sent = await sentFor(page);
  await close();
  return { ...sent, firstAnswerMs, afterDropMs, ...slowest };
}

/** What the browser itself has counted since the address was opened. */
function sentFor(page: Page): Promise<Pick<FirstVisit, 'largestPaintMs' | 'sentBytes' | 'scriptBytes'>> {
  return page.evaluate(async () => {
    const paints = await new Promise<PerformanceEntryList>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    const sent = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const bytesOf = (entries: PerformanceResourceTiming[]) => entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
    return {
      largestPaintMs: Math.round(paints.at(-1)?.startTime ?? 0),
      sentBytes: bytesOf(sent),
      scriptBytes: bytesOf(sent.filter(({ name }) => name.endsWith('.js'))),
    };
  });
}

function dropAndWait(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const bytes = await (await fetch('/home/samples/keywords/stop_022cd682_nohash_0.flac')).blob();
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], 'stop.flac'));
    const startMs = performance.now();
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
    while (document.querySelector('[data-answer]')?.textContent !== 'stop') await new Promise(requestAnimationFrame);
    return performance.now() - startMs;
  });
}
